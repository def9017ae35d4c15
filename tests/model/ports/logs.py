"""The ports LogsReader and LogsWriter before the in-memory AWS."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer
from controller.errors import TerminalError
from tests.model.aws.account import Account
from tests.model.ports.line import Line
from tests.model.witness import Witness


@dataclass(frozen=True, slots=True)
class ModelLogsReader:
    """Reads the log groups of *account*; nobody reads any of them along."""

    account: Account
    line: Line

    async def log_group(self, ref: LogGroupRef) -> LogGroup:
        def described() -> LogGroup:
            found = self.account.log_groups.get(ref.name)
            if found is None:
                return LogGroup(ref, {}, {})
            return LogGroup(ref, copy.deepcopy(found.document), dict(found.tags))

        return await self.line.call("DescribeLogGroups", ref.arn, described)

    async def exists(self, ref: LogGroupRef) -> bool:
        return await self.line.call(
            "DescribeLogGroups", ref.arn, lambda: ref.name in self.account.log_groups
        )

    async def consumers(self, ref: LogGroupRef) -> frozenset[Consumer]:
        def none() -> frozenset[Consumer]:
            return frozenset()

        return await self.line.call("DescribeSubscriptionFilters", ref.arn, none)


@dataclass(frozen=True, slots=True)
class ModelLogsWriter:
    """Writes the log groups of *account*."""

    account: Account
    line: Line
    witness: Witness

    async def create_log_group(
        self,
        ref: LogGroupRef,
        tags: Mapping[str, str],
        *,
        kms_key_id: str | None = None,
        log_group_class: str | None = None,
        deletion_protection: bool = False,
    ) -> None:
        """One that exists by now is left as it is [fact 6.6]."""
        asked = {
            "kmsKeyId": kms_key_id,
            "logGroupClass": log_group_class,
            "deletionProtectionEnabled": deletion_protection,
        }

        def creates() -> None:
            if ref.name not in self.account.log_groups:
                wanted = {key: value for key, value in asked.items() if value}
                self.account.makes_log_group(ref.name, tags, **wanted)
                self.witness.wrote("CreateLogGroup", ref.name)

        await self.line.call("CreateLogGroup", ref.arn, creates)

    async def set_retention(self, ref: LogGroupRef, days: int) -> None:
        def sets() -> None:
            group = self.account.log_groups.get(ref.name)
            if group is None:
                code, message = "ResourceNotFoundException", "The specified log group is not there"
                raise TerminalError("PutRetentionPolicy", code, message, where=ref.arn)
            group.document["retentionInDays"] = days
            self.witness.wrote("PutRetentionPolicy", ref.name)

        await self.line.call("PutRetentionPolicy", ref.arn, sets)
