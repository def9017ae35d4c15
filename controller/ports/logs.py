"""CloudWatch Logs as the controller reads and writes it, in one account and any of its Regions.

All methods raise an `AwsError` of `controller.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer


class LogsReader(Protocol):
    """Looks, and changes nothing."""

    async def log_group(self, ref: LogGroupRef) -> LogGroup:
        """Return the group with its tags, as one with an empty document if it does not exist."""
        ...

    async def exists(self, ref: LogGroupRef) -> bool:
        """Tell whether the group is described as existing."""
        ...

    async def consumers(self, ref: LogGroupRef) -> frozenset[Consumer]:
        """Return what reads the group along; a group that does not exist has nothing."""
        ...


class LogsWriter(Protocol):
    """Changes what a move names, and nothing else."""

    async def create_log_group(
        self,
        ref: LogGroupRef,
        tags: Mapping[str, str],
        *,
        kms_key_id: str | None = None,
        log_group_class: str | None = None,
        deletion_protection: bool = False,
    ) -> None:
        """Create the group with these tags; one that exists by now is left as it is.

        *kms_key_id* is an ARN. What is None or False is not sent.
        """
        ...

    async def set_retention(self, ref: LogGroupRef, days: int) -> None:
        """Set the retention, in days."""
        ...
