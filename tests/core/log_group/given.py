"""The vocabulary of these tests: claims on a log group, and the group as it is."""

from __future__ import annotations

from typing import Any

from controller.core.consent import Yes
from controller.core.document.json import Json
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import Setting
from controller.core.log_group.claims import Joined, join
from controller.core.log_group.next_move import next_move
from controller.core.log_group.observed import MANAGED_BY, LogGroup
from controller.core.log_group.rules import RULES
from controller.core.log_group.verdict import LogGroupVerdict, judge
from controller.core.move import Decision
from controller.core.policy.mode import Mode
from controller.core.policy.severity import Severity
from controller.core.reason import Reason
from tests.core.service.given import GROUP, NOW

INSTANCE = "main"
ENFORCED = Yes(given=True, writes=True, otherwise=Reason("AuditOnly", "not enforced"))
NOT_ENFORCED = Yes(given=False, writes=False, otherwise=Reason("AuditOnly", "not enforced"))
OUR_TAGS = {MANAGED_BY: INSTANCE}
MISSING_GROUP = LogGroup(GROUP, {}, {})


def claim(
    *,
    create: bool | None = True,
    retention: int | None = 30,
    shorter: bool = False,
    policy: str = "production",
    exists: Mode = Mode.ENFORCE,
    retains: Mode = Mode.ENFORCE,
) -> LogGroupClaim:
    """Return what a service asks of the group, and how its policy takes the two rules."""
    modes = {"log-group-exists": exists, "log-group-retention": retains}
    settings = {rule.id: Setting(modes[rule.id], rule.severity) for rule in RULES}
    return LogGroupClaim(GROUP.region, GROUP.name, create, retention, shorter, settings, policy)


def severe(one: LogGroupClaim) -> LogGroupClaim:
    """Return the claim of a policy to which everything is critical."""
    settings = {rule: Setting(Mode.ENFORCE, Severity.CRITICAL) for rule in one.settings}
    return LogGroupClaim(
        one.region,
        one.name,
        one.create,
        one.retention_in_days,
        one.allow_shorter_retention,
        settings,
        one.policy,
    )


def joined(*claims: LogGroupClaim) -> Joined:
    """Return what the claims ask together."""
    together = join(claims)
    assert together is not None
    return together


def group(retention: Json = None, *, tags: dict[str, str] | None = None, **more: Any) -> LogGroup:
    """Return the group as it is described; without a retention it keeps events for ever."""
    document = {"logGroupName": GROUP.name, **more}
    if retention is not None:
        document["retentionInDays"] = retention
    return LogGroup(GROUP, document, tags or {})


def judged(one: LogGroup, *claims: LogGroupClaim) -> LogGroupVerdict:
    """Return how the group stands to the claims."""
    return judge(one, joined(*claims), INSTANCE)


def decided(
    one: LogGroup,
    *claims: LogGroupClaim,
    yes: Yes = ENFORCED,
    complete: bool = True,
    whole: bool = True,
) -> Decision:
    """Return the next step of the group."""
    verdict = judged(one, *claims)
    return next_move(
        one,
        verdict,
        instance=INSTANCE,
        yes=yes,
        claims_complete=complete,
        claims_whole=whole,
        now=NOW,
    )
