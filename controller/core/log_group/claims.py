"""The claims of many services on one log group, joined into what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from controller.core.document.unresolved import Unresolved
from controller.core.judge.claim import LogGroupClaim, collide
from controller.core.judge.setting import Setting, strictest
from controller.core.policy.owners import Owners
from controller.core.reason import Reason

Asked = TypeVar("Asked")

_BY_ACCIDENT: Final = "the templates of services that do not belong together give this name"


@dataclass(frozen=True, slots=True)
class Joined:
    """What all claimers together ask of one log group: one finding and one write follow.

    `settings` are the strictest yes: any claimer in Audit makes it Audit. `conflict` says how
    the claims contradict each other, in which case nothing is written. `kept_for_users`: it is
    only those who use the group, and ask nothing of it, that keep its retention from being
    shortened. `owners` is what each of those who ask says of a group that somebody else owns.
    """

    policies: tuple[str, ...]
    create: bool
    retention_in_days: int | Unresolved | Reason | None
    allow_shorter_retention: bool
    settings: Mapping[str, Setting]
    conflict: str | None = None
    kms_key_id: str | None = None
    log_group_class: str | None = None
    deletion_protection: bool = False
    may_keep_longer: bool = False
    kept_for_users: bool = False
    owners: tuple[Owners, ...] = ()


def join(claims: Iterable[LogGroupClaim]) -> Joined | None:
    """Join the claims on one log group; None where nobody asks anything of it.

    Who comes to the group by accident (`collide`) has no say in it. Where all do, nobody has, and
    nothing is written.
    """
    all_claims = tuple(claims)
    asking = tuple(one for one in all_claims if one.asks)
    if not asking:
        return None
    users = tuple(one for one in all_claims if not one.asks)
    standing = tuple(one for one in asking if one.is_used or not _collides(one, all_claims))
    claims = standing or asking
    allowed = all(one.allow_shorter_retention for one in claims)
    kept_for_users = allowed and not all(one.allow_shorter_retention for one in users)
    return Joined(
        policies=tuple(sorted({one.policy for one in claims})),
        create=_the_one(one.create for one in claims) is True,
        retention_in_days=_retention(claims),
        allow_shorter_retention=allowed and not kept_for_users,
        settings=_settings((*claims, *users)),
        conflict=_conflict(claims) if standing else _BY_ACCIDENT,
        kms_key_id=_the_one(one.kms_key_id for one in claims),
        log_group_class=_the_one(one.log_group_class for one in claims),
        deletion_protection=any(one.deletion_protection for one in claims),
        may_keep_longer=all(
            one.may_keep_longer for one in claims if one.retention_in_days is not None
        ),
        kept_for_users=kept_for_users,
        owners=tuple(dict.fromkeys(one.owners for one in sorted(asking, key=_policy))),
    )


def _policy(one: LogGroupClaim) -> str:
    return one.policy


def _collides(one: LogGroupClaim, claims: tuple[LogGroupClaim, ...]) -> bool:
    return any(collide(one, other) for other in claims if other is not one)


def _settings(claims: tuple[LogGroupClaim, ...]) -> dict[str, Setting]:
    """Return how each rule is to be taken, by those who have any say in that."""
    return {
        rule: strictest(one.settings[rule] for one in claims if rule in one.settings)
        for rule in claims[0].settings
    }


def _retention(claims: tuple[LogGroupClaim, ...]) -> int | Unresolved | Reason | None:
    """Return the retention that is asked for; where one claimer's is open, so is that of all."""
    stated = [one.retention_in_days for one in claims]
    for days in stated:
        if isinstance(days, Unresolved | Reason):
            return days
    return _the_one(days for days in stated if isinstance(days, int))


def _asked(values: Iterable[Asked | None]) -> set[Asked]:
    return {value for value in values if value is not None}


def _the_one(values: Iterable[Asked | None]) -> Asked | None:
    """Return what is asked, where all who ask anything ask the same."""
    asked = _asked(values)
    return asked.pop() if len(asked) == 1 else None


def _conflict(claims: tuple[LogGroupClaim, ...]) -> str | None:
    retentions = (one.retention_in_days for one in claims)
    days = sorted({one for one in retentions if isinstance(one, int)})
    if len(days) > 1:
        return f"its claimers ask for retentions of {' and '.join(map(str, days))} days"
    keys = sorted(_asked(one.kms_key_id for one in claims))
    if len(keys) > 1:
        return f"its claimers ask for the keys {' and '.join(keys)}"
    classes = sorted(_asked(one.log_group_class for one in claims))
    if len(classes) > 1:
        return f"its claimers ask for the classes {' and '.join(classes)}"
    if len(_asked(one.create for one in claims)) > 1:
        return "one of its claimers wants it created, another does not"
    return None
