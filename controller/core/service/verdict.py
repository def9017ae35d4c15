"""How one task definition stands to the policy that governs it, and what it should become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from controller.core.document.edit import Edit, apply
from controller.core.document.json import Document
from controller.core.document.path import Path
from controller.core.document.unresolved import Unresolved
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.evaluate import Item, Judgement, evaluate
from controller.core.judge.finding import UNKNOWN, Finding, Subject, container_of, finding_id
from controller.core.judge.setting import Setting, settings_for
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Sync
from controller.core.service.claims import claims, groups_of
from controller.core.service.context import ServiceContext
from controller.core.service.governed import undecided
from controller.core.service.rules import RULES
from controller.core.service.task_definition import CONTAINERS, TaskDefinition


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy says of one task definition.

    `enforced` are the edits that may be rolled out, `edits` those of all rules; `proposed` is
    the document that `edits` make. Log groups go by (Region, name): `claims` are what is asked of
    each, `needs` those to which the revision that may be rolled out logs, `uses` those to which
    the present one does.
    """

    policy: LoggingPolicy
    document: Document = field(repr=False)
    judgement: Judgement = field(repr=False)
    proposed: Document = field(repr=False)
    claims: Mapping[tuple[str, str], LogGroupClaim]
    needs: tuple[tuple[str, str], ...]
    uses: tuple[tuple[str, str], ...]

    @property
    def asks(self) -> bool:
        """Tell whether a policy governs the service, and is not disabled."""
        return self.policy.mode is not Mode.DISABLED

    @property
    def enforced(self) -> tuple[Edit, ...]:
        """The edits of rules in Enforce."""
        return self.judgement.enforced

    def claims_if(self, *, rollable: bool) -> Mapping[tuple[str, str], LogGroupClaim]:
        """Return the claims: where nothing will ever be rolled, only those on groups in use."""
        if rollable:
            return self.claims
        return {group: claim for group, claim in self.claims.items() if group in self.uses}

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
    judgement = _with_the_unreadable(judgement, TaskDefinition(document), policy, subject)
    proposed = apply(document, judgement.edits)
    needs = tuple(groups_of(apply(document, judgement.enforced), context))
    asked = claims(tuple(groups_of(proposed, context)), needs, policy, group_settings)
    uses = tuple(groups_of(document, context))
    return Verdict(policy, document, judgement, proposed, asked, needs, uses)


def nothing_asked(document: Document, policy: LoggingPolicy) -> Verdict:
    """Return the verdict on a task definition of which nothing is asked, under *policy*'s pace."""
    return Verdict(policy, document, Judgement(), document, {}, (), ())


def _with_the_unreadable(
    judgement: Judgement, task_definition: TaskDefinition, policy: LoggingPolicy, subject: Subject
) -> Judgement:
    """Add what no rule could look at: containers of which it cannot be told how to take them.

    They are told in the name of the rule that goes furthest.
    """
    settings = settings_for(RULES, policy)
    rule = max(RULES, key=lambda one: tuple(Mode).index(settings[one.id].mode))
    setting = settings[rule.id]
    if setting.mode is Mode.DISABLED:
        return judgement
    items = (
        Item(_unreadable(path, hole, rule.id, setting, subject), (), setting.mode)
        for path, hole in _holes(task_definition, policy)
    )
    return replace(judgement, items=(*judgement.items, *items))


def _holes(
    task_definition: TaskDefinition, policy: LoggingPolicy
) -> Iterator[tuple[Path, Unresolved]]:
    if (hole := task_definition.unreadable) is not None:
        yield CONTAINERS, hole
    for container in task_definition.containers:
        if (hole := undecided(container, policy)) is not None:
            yield container.log_configuration_path, hole


def _unreadable(
    path: Path, hole: Unresolved, rule: str, setting: Setting, subject: Subject
) -> Finding:
    name = container_of(path)
    which = "a container" if name is None else f"container {name}"
    return Finding(
        id=finding_id(subject, rule, path),
        rule=rule,
        severity=setting.severity,
        container=name,
        path=str(path),
        message=f"{which} cannot be judged, {hole.because}",
        fixable=False,
        blocked=UNKNOWN,
    )
