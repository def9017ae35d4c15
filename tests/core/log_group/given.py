"""The vocabulary of these tests: claims on a log group, and the group as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from controller.core.consent import Yes
from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
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
KEY_ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234"
NO_SUCH_KEY = Unresolved("there is no key alias/logs in eu-central-1")
PCI: dict[str, Any] = {
    "retention": 365,
    "kms_key_id": "alias/logs",
    "log_group_class": "STANDARD",
    "deletion_protection": True,
}


def claim(
    *,
    create: bool | None = True,
    retention: int | None = 30,
    shorter: bool = False,
    policy: str = "production",
    exists: Mode = Mode.ENFORCE,
    retains: Mode = Mode.ENFORCE,
    **more: Any,
) -> LogGroupClaim:
    """Return what a service asks of the group, and how its policy takes the rules.

    *more* is what else is asked for: kms_key_id, log_group_class, deletion_protection.
    """
    modes = {"log-group-exists": exists, "log-group-retention": retains}
    settings = {rule.id: Setting(modes.get(rule.id, Mode.ENFORCE), rule.severity) for rule in RULES}
    return LogGroupClaim(
        GROUP.region, GROUP.name, create, retention, shorter, settings, policy, **more
    )


def uses(*, shorter: bool = False, held: str | None = None) -> LogGroupClaim:
    """Return the claim of a service that only uses the group; *held* says why others wait."""
    setting = Setting(Mode.AUDIT, Severity.LOW, held or "")
    settings = {} if held is None else dict.fromkeys((rule.id for rule in RULES), setting)
    return LogGroupClaim(
        GROUP.region,
        GROUP.name,
        None,
        None,
        shorter,
        settings,
        "nobody",
        is_used=True,
        asks=False,
    )


def severe(one: LogGroupClaim) -> LogGroupClaim:
    """Return the claim of a policy to which everything is critical."""
    settings = {rule: Setting(Mode.ENFORCE, Severity.CRITICAL) for rule in one.settings}
    return replace(one, settings=settings)


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


def made(age: timedelta, **more: Any) -> LogGroup:
    """Return a group that we made so long ago, and that has no retention."""
    return group(tags=OUR_TAGS, creationTime=int((NOW - age).timestamp() * 1000), **more)


def judged(
    one: LogGroup, *claims: LogGroupClaim, key: str | Unresolved | None = None
) -> LogGroupVerdict:
    """Return how the group stands to the claims; *key* is what the key that they name is."""
    return judge(one, joined(*claims), INSTANCE, now=NOW, key=key)


def blocked_by(rule: str, verdict: LogGroupVerdict) -> list[str | None]:
    """Return why each finding of one rule is not mended."""
    return [one.blocked for one in verdict.judgement.findings if one.rule == rule]


def decided(
    one: LogGroup,
    *claims: LogGroupClaim,
    yes: Yes = ENFORCED,
    complete: bool = True,
    whole: bool = True,
    key: str | Unresolved | None = None,
) -> Decision:
    """Return the next step of the group."""
    verdict = judged(one, *claims, key=key)
    return next_move(
        one,
        verdict,
        instance=INSTANCE,
        yes=yes,
        claims_complete=complete,
        claims_whole=whole,
        now=NOW,
    )
