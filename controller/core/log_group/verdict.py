"""How one log group stands to what its claimers ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.document.unresolved import Unresolved
from controller.core.judge.evaluate import Item, Judgement, evaluate
from controller.core.judge.finding import Finding, Subject, finding_id
from controller.core.log_group.claims import Joined
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules import RULES
from controller.core.log_group.rules.exists import NAME
from controller.core.reason import Sync


@dataclass(frozen=True, slots=True)
class LogGroupVerdict:
    """What is asked of the group, and what differs."""

    joined: Joined
    judgement: Judgement

    @property
    def sync(self) -> Sync:
        """Drifted where something differs; Unknown where something could not be compared."""
        findings = self.judgement.findings
        if any(finding.is_violation for finding in findings):
            return Sync.DRIFTED
        if any(finding.is_unsure for finding in findings):
            return Sync.UNKNOWN
        return Sync.EXEMPT if findings else Sync.COMPLIANT


def judge(
    group: LogGroup,
    joined: Joined,
    instance: str,
    *,
    now: datetime,
    key: str | Unresolved | None = None,
) -> LogGroupVerdict:
    """Judge *group* by what its claimers ask at *now*; contradicting claims are `PolicyConflict`.

    *key* is the ARN of the key that they ask for, as far as it could be found.
    """
    ref = group.ref
    subject = Subject(ref.account, ref.region, "log-group", None, ref.name)
    if joined.conflict is not None:
        return LogGroupVerdict(joined, Judgement((_conflict(joined, joined.conflict, subject),)))
    context = LogGroupContext(joined, instance, now, key)
    return LogGroupVerdict(
        joined,
        evaluate(RULES, group.document, group, context, settings=joined.settings, subject=subject),
    )


def _conflict(joined: Joined, how: str, subject: Subject) -> Item:
    rule = RULES[0]
    finding = Finding(
        id=finding_id(subject, rule.id, NAME),
        rule=rule.id,
        severity=joined.settings[rule.id].severity,
        container=None,
        path=str(NAME),
        message=f"{how} (policies {', '.join(joined.policies)})",
        fixable=False,
        blocked="PolicyConflict",
    )
    return Item(finding, (), joined.settings[rule.id].mode)
