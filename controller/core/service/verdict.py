"""How one task definition stands to the policy that governs it, and what it should become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from controller.core.document.edit import Edit, apply
from controller.core.document.json import Document
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.evaluate import Item, Judgement, evaluate
from controller.core.judge.finding import UNKNOWN, Finding, Subject, finding_id
from controller.core.judge.setting import Setting, settings_for
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Sync
from controller.core.service.claims import claims, groups_of
from controller.core.service.context import ServiceContext
from controller.core.service.rules import RULES
from controller.core.service.task_definition import CONTAINERS, TaskDefinition


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy says of one task definition.

    `enforced` are the edits that may be rolled out, `edits` those of all rules; `proposed` is
    the document that `edits` make. Log groups go by (Region, name): `claims` are what is asked of
    each, `needs` those to which the revision that may be rolled out logs.
    """

    policy: LoggingPolicy
    document: Document
    judgement: Judgement
    proposed: Document
    claims: Mapping[tuple[str, str], LogGroupClaim]
    needs: tuple[tuple[str, str], ...]

    @property
    def enforced(self) -> tuple[Edit, ...]:
        """The edits of rules in Enforce."""
        return self.judgement.enforced

    @property
    def sync(self) -> Sync:
        """Drifted where something differs; Unknown where something could not be compared."""
        findings = self.judgement.findings
        if any(finding.is_violation for finding in findings):
            return Sync.DRIFTED
        if any(finding.blocked == UNKNOWN for finding in findings):
            return Sync.UNKNOWN
        return Sync.UNDECIDED if findings else Sync.COMPLIANT


def judge(
    document: Document,
    context: ServiceContext,
    subject: Subject,
    *,
    group_settings: Mapping[str, Setting],
) -> Verdict:
    """Judge a task definition, in the shape of describe or of register, by the context's policy.

    *group_settings* are how the policy takes the rules for log groups, which the claims carry.
    """
    policy = context.policy
    judgement = evaluate(
        RULES,
        document,
        TaskDefinition(document),
        context,
        settings=settings_for(RULES, policy),
        subject=subject,
    )
    judgement = _with_the_unreadable(judgement, document, policy, subject)
    proposed = apply(document, judgement.edits)
    needs = tuple(groups_of(apply(document, judgement.enforced), context))
    asked = claims(tuple(groups_of(proposed, context)), needs, policy, group_settings)
    return Verdict(policy, document, judgement, proposed, asked, needs)


def _with_the_unreadable(
    judgement: Judgement, document: Document, policy: LoggingPolicy, subject: Subject
) -> Judgement:
    """Add what no rule could look at: a container that cannot be addressed by name."""
    hole = TaskDefinition(document).unreadable
    if hole is None:
        return judgement
    rule = RULES[0]
    setting = settings_for(RULES, policy)[rule.id]
    finding = Finding(
        id=finding_id(subject, rule.id, CONTAINERS),
        rule=rule.id,
        severity=setting.severity,
        container=None,
        path=str(CONTAINERS),
        message=f"a container cannot be judged, {hole.because}",
        fixable=False,
        blocked=UNKNOWN,
    )
    return replace(judgement, items=(*judgement.items, Item(finding, (), setting.mode)))
