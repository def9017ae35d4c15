"""What was seen of one log group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from controller.core.document.json import Document, text
from controller.core.document.path import ROOT
from controller.core.refs import LogGroupRef

MANAGED_BY: Final = "ecs-logging/managed-by"
STANDARD: Final = "STANDARD"

KEY: Final = ROOT / "kmsKeyId"
CLASS: Final = ROOT / "logGroupClass"
PROTECTION: Final = ROOT / "deletionProtectionEnabled"
_DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class LogGroup:
    """A log group as DescribeLogGroups shows it: an empty document where it does not exist."""

    ref: LogGroupRef
    document: Document
    tags: Mapping[str, str]

    @property
    def exists(self) -> bool:
        """Tell whether the group was described."""
        return bool(self.document)

    @property
    def retention_in_days(self) -> int | None:
        """The retention that holds, in days; None is for ever [fact 6.1]."""
        days = self.document.get("retentionInDays")
        return days if isinstance(days, int) else None

    @property
    def retention_policy(self) -> str | None:
        """The account's retention policy that overrides the group's own, if any [fact 6.2]."""
        return text(self.document.get("retentionPolicyName"))

    @property
    def kms_key_id(self) -> str | None:
        """The ARN of the key by which events are encrypted, if somebody chose one [fact 6.9]."""
        return text(self.document.get("kmsKeyId"))

    @property
    def log_group_class(self) -> str:
        """The class, which is STANDARD where none is shown [fact 6.5]."""
        return text(self.document.get("logGroupClass")) or STANDARD

    @property
    def is_protected(self) -> bool:
        """Tell whether the group is protected from deletion [fact 6.7]."""
        return self.document.get("deletionProtectionEnabled") is True

    def is_ours(self, instance: str) -> bool:
        """Tell whether this instance of the controller created the group."""
        return self.tags.get(MANAGED_BY) == instance

    def is_unfinished(self, instance: str, *, days: int, now: datetime) -> bool:
        """Tell whether it is ours, and may still be given the retention that it was made for.

        One that we were interrupted in making has no retention, and so has one that was made
        without, or that somebody took it from, long ago. They look the same. But in a group that is
        younger than *days* nothing is old enough to expire [fact 6.1].
        """
        made = self.document.get("creationTime")  # in milliseconds
        if self.retention_in_days is not None or not isinstance(made, int):
            return False
        age = int(now.timestamp() * 1000) - made
        return self.is_ours(instance) and age < days * _DAY
