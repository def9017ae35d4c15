"""The claims of many services on one log group, joined into what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import Setting, strictest


@dataclass(frozen=True, slots=True)
class Joined:
    """What all claimers together ask of one log group: one finding and one write follow.

    `settings` are the strictest yes: any claimer in Audit makes it Audit. `conflict` says how
    the claims contradict each other, in which case nothing is written.
    """

    policies: tuple[str, ...]
    create: bool
    retention_in_days: int | None
    allow_shorter_retention: bool
    settings: Mapping[str, Setting]
    conflict: str | None = None


def join(claims: Iterable[LogGroupClaim]) -> Joined | None:
    """Join the claims on one log group; None where nobody claims it."""
    claims = tuple(claims)
    if not claims:
        return None
    retentions = {one.retention_in_days for one in claims} - {None}
    creations = {one.create for one in claims} - {None}
    return Joined(
        policies=tuple(sorted({one.policy for one in claims})),
        create=creations == {True},
        retention_in_days=next(iter(retentions)) if len(retentions) == 1 else None,
        allow_shorter_retention=all(one.allow_shorter_retention for one in claims),
        settings={
            rule: strictest(one.settings[rule] for one in claims) for rule in claims[0].settings
        },
        conflict=_conflict(retentions, creations),
    )


def _conflict(retentions: set[int | None], creations: set[bool | None]) -> str | None:
    if len(retentions) > 1:
        days = " and ".join(sorted((str(days) for days in retentions), key=int))
        return f"its claimers ask for retentions of {days} days"
    if len(creations) > 1:
        return "one of its claimers wants it created, another does not"
    return None
