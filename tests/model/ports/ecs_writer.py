"""The port EcsWriter before the in-memory AWS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from controller.core.document.digest import plain
from controller.core.document.json import Document
from controller.core.refs import ServiceRef
from tests.model.aws.account import Account
from tests.model.ports.line import Line
from tests.model.witness import Witness


@dataclass(frozen=True, slots=True)
class ModelEcsWriter:
    """Writes to *account* as the principal `by`; *witness* sees what is set, and when."""

    account: Account
    line: Line
    witness: Witness
    by: str

    async def register(self, document: Document, tags: Mapping[str, str]) -> str:
        def registers() -> str:
            sent = json.loads(json.dumps(plain(document)))  # as it goes over the wire
            arn = self.account.registers(sent, tags, by=self.by)
            self.witness.registered(self.account.revision(arn))
            return arn

        return await self.line.call("RegisterTaskDefinition", str(document["family"]), registers)

    async def set_task_definition(self, ref: ServiceRef, arn: str) -> None:
        def updates() -> None:
            seen = self.witness.is_about_to_set(ref, arn)
            self.account.updates(ref, task=arn, by=self.by)
            self.witness.has_set(seen)

        await self.line.call("UpdateService", ref.arn, updates)

    async def stop_deployment(self, arn: str) -> None:
        def stops() -> None:
            seen = self.witness.is_about_to_stop(arn)
            self.account.stops(arn)
            self.witness.has_stopped(seen)

        await self.line.call("StopServiceDeployment", arn, stops)

    async def tag(self, arn: str, key: str, value: str) -> None:
        def tags() -> None:
            self.account.revision(arn).tags[key] = value
            self.witness.wrote("TagResource", arn)

        await self.line.call("TagResource", arn, tags)

    async def deregister(self, arn: str) -> None:
        def deregisters() -> None:
            self.account.deregisters(arn)
            self.witness.wrote("DeregisterTaskDefinition", arn)

        await self.line.call("DeregisterTaskDefinition", arn, deregisters)
