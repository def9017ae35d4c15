"""How one task definition stands to the policy that governs it, and what it should become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from controller.core.document.edit import Edit, apply
from controller.core.document.json import Document
from controller.core.document.path import Path
from controller.core.document.unresolved import Unresolved
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.evaluate import Item, Judgement, evaluate
from controller.core.judge.finding import (
    EXEMPT,
    UNKNOWN,
    Finding,
    Subject,
    container_of,
    finding_id,
)
from controller.core.judge.setting import Setting, settings_for
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.standing import Standing
from controller.core.reason import Sync
from controller.core.service.claims import claims, groups_of
from controller.core.service.claims_of_use import claims_of_use
from controller.core.service.context import ServiceContext
from controller.core.service.exempt import exempt_containers
from controller.core.service.governed import undecided
from controller.core.service.in_use import named_in
from controller.core.service.rules import RULES
from controller.core.service.task_definition import CONTAINERS, TaskDefinition

Claims: TypeAlias = Mapping[tuple[str, str], LogGroupClaim]

_NONE: Final[Claims] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy says of one task definition.

    `enforced` are the edits that may be rolled out, `edits` those of all rules; `proposed` is
    the document that `edits` make. Log groups go by (Region, name): `claims` are what is asked of
    each, `needs` those to which the revision that may be rolled out logs, `uses` those to which
    the present one does. `in_use` are claims on all others to which a container logs now, whoever
    governs it: nothing is asked of these. `standing` is how far the policy goes with the service
    now, where that is known.
    """

    policy: LoggingPolicy
    document: Document = field(repr=False)
    judgement: Judgement = field(repr=False)
    proposed: Document = field(repr=False)
    claims: Claims
    needs: tuple[tuple[str, str], ...]
    uses: tuple[tuple[str, str], ...]
    standing: Standing | None = None
    in_use: Claims = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Tell whether a policy governs the service, and is not disabled."""
        return self.cap is not Mode.DISABLED

    @property
    def cap(self) -> Mode:
        """How far the policy goes with the service, now."""
        return self.policy.mode if self.standing is None else self.standing.cap

    @property
    def enforced(self) -> tuple[Edit, ...]:
        """The edits of rules in Enforce."""
        return self.judgement.enforced

    def claims_if(self, *, rollable: bool) -> Claims:
        """Return the claims: where nothing will ever be rolled, only those on groups in use."""
        if rollable:
            return self.claims
        return {group: claim for group, claim in self.claims.items() if group in self.uses}

    @property
    def sync(self) -> Sync:
        """Drifted where something differs; Unknown where something could not be compared.

        Exempt where something is found, and all of it is exempt.
        """
        findings = self.judgement.findings
        if any(finding.is_violation for finding in findings):
            return Sync.DRIFTED
        if any(finding.blocked == UNKNOWN for finding in findings):
            return Sync.UNKNOWN
        if any(finding.is_unsure for finding in findings):
            return Sync.UNDECIDED
        return Sync.EXEMPT if findings else Sync.COMPLIANT


def judge(
    document: Document,
    context: ServiceContext,
    subject: Subject,
    *,
    group_settings: Mapping[str, Setting],
    standing: Standing | None = None,
) -> Verdict:
    """Judge a task definition, in the shape of describe or of register, by the context's policy.

    *group_settings* are how the policy takes the rules for log groups, which the claims carry.
    Without a *standing* the policy goes all its way, and nothing is exempt.
    """
    policy, view = context.policy, TaskDefinition(document)
    exceptions = () if standing is None else standing.exemptions
    settings = settings_for(RULES, policy, standing, containers=exempt_containers(exceptions, view))
    judgement = evaluate(RULES, document, view, context, settings=settings, subject=subject)
    judgement = _with_the_unreadable(judgement, view, policy, subject, settings)
    proposed = apply(document, judgement.edits)
    needs = tuple(groups_of(apply(document, judgement.enforced), context))
    uses = tuple(groups_of(document, context))
    asked = claims(proposed, context, needs=needs, uses=uses, settings=group_settings)
    others = (group for group in named_in(document) if group not in asked)
    may_forget = uses if policy.allow.shorter_retention else ()
    in_use = claims_of_use(others, policy, may_forget=may_forget)
    return Verdict(policy, document, judgement, proposed, asked, needs, uses, standing, in_use)


def nothing_asked(document: Document, standing: Standing, in_use: Claims = _NONE) -> Verdict:
    """Return the verdict on a task definition of which nothing is asked, at its policy's pace."""
    policy, judgement = standing.policy, Judgement()
    return Verdict(policy, document, judgement, document, {}, (), (), standing, in_use)


def _with_the_unreadable(
    judgement: Judgement,
    task_definition: TaskDefinition,
    policy: LoggingPolicy,
    subject: Subject,
    settings: Mapping[str, Setting],
) -> Judgement:
    """Add what no rule could look at: containers of which it cannot be told how to take them."""
    items = (
        _unreadable(path, hole, subject, settings) for path, hole in _holes(task_definition, policy)
    )
    found = (item for item in items if item.mode is not Mode.DISABLED)
    return replace(judgement, items=(*judgement.items, *found))


def _holes(
    task_definition: TaskDefinition, policy: LoggingPolicy
) -> Iterator[tuple[Path, Unresolved]]:
    if (hole := task_definition.unreadable) is not None:
        yield CONTAINERS, hole
    for container in task_definition.containers:
        if (hole := undecided(container, policy)) is not None:
            yield container.log_configuration_path, hole


def _unreadable(
    path: Path, hole: Unresolved, subject: Subject, settings: Mapping[str, Setting]
) -> Item:
    """Return what is told of a container, in the name of the rule that goes furthest with it."""
    name = container_of(path)
    which = "a container" if name is None else f"container {name}"

    def goes(rule: str) -> tuple[bool, int]:
        setting = settings[rule]
        return setting.exempt_by(name) is None, tuple(Mode).index(setting.mode)

    rule = max((one.id for one in RULES), key=goes)
    exempt_by = settings[rule].exempt_by(name)
    finding = Finding(
        id=finding_id(subject, rule, path),
        rule=rule,
        severity=settings[rule].severity,
        container=name,
        path=str(path),
        message=f"{which} cannot be judged, {hole.because}",
        fixable=False,
        blocked=UNKNOWN if exempt_by is None else EXEMPT,
        exempt_by=exempt_by,
    )
    return Item(finding, (), settings[rule].mode)
