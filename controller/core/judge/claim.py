"""What one object asks of another that several share, such as a service of its log group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.core.judge.setting import Setting


@dataclass(frozen=True, slots=True)
class LogGroupClaim:
    """What a claimer asks of the log group `name` in `region`.

    `create` and `retention_in_days` None ask nothing. `settings` are the claimer's, by the ids of
    the rules for log groups: the group is governed by the strictest of all its claimers.
    """

    region: str
    name: str
    create: bool | None
    retention_in_days: int | None
    allow_shorter_retention: bool
    settings: Mapping[str, Setting]
    policy: str
