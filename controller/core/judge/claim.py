"""What one object asks of another that several share, such as a service of its log group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.core.document.unresolved import Unresolved
from controller.core.judge.setting import Setting
from controller.core.policy.owners import Owners
from controller.core.reason import Reason


@dataclass(frozen=True, slots=True)
class LogGroupClaim:
    """What a claimer asks of the log group `name` in `region`.

    What is None or False asks nothing, save `create`, of which False asks that it be left undone.
    `settings` are the claimer's, by the ids of the rules for log groups: the group is governed by
    the strictest of all its claimers. A retention that is Unresolved is not known, and one that
    is a Reason cannot be told from what the policy says. `is_used`: the claimer logs to the group
    now. `may_keep_longer`: a longer retention is fine as well. `named_for` says for whom a template
    of the policy named the group; it is empty where nothing of the claimer is in its name.
    `owners` is how far the claimer's policy goes with a group that somebody else owns.
    `asks` False: the claimer only uses the group. Nothing is done to it on its account, and what
    others ask is held back by what it does not allow and by its `settings`, if it has any.
    """

    region: str
    name: str
    create: bool | None
    retention_in_days: int | Unresolved | Reason | None
    allow_shorter_retention: bool
    settings: Mapping[str, Setting]
    policy: str
    kms_key_id: str | None = None
    log_group_class: str | None = None
    deletion_protection: bool = False
    is_used: bool = False
    may_keep_longer: bool = False
    named_for: frozenset[tuple[str, ...]] = frozenset()
    asks: bool = True
    owners: Owners = field(default_factory=Owners)


def collide(one: LogGroupClaim, other: LogGroupClaim) -> bool:
    """Tell whether the claims of two services on one log group meet there by accident.

    That is where the templates of both name it, and for different ones: `{cluster}-{service}` is
    `a-b-c` for `c` of `a-b` and for `b-c` of `a`.
    """
    return bool(one.named_for and other.named_for) and one.named_for != other.named_for
