"""The evaluator: rules and a document in, one judgement out, from which everything else follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from controller.core.document.edit import Edit
from controller.core.document.json import Document
from controller.core.judge.compare import Differs, Met, NotKnown, compare, path_of
from controller.core.judge.demand import Demand, Refuse
from controller.core.judge.finding import (
    EXEMPT,
    UNDECIDED,
    UNKNOWN,
    Finding,
    Subject,
    container_of,
    finding_id,
)
from controller.core.judge.rule import Context, Rule, View
from controller.core.judge.setting import Setting
from controller.core.policy.mode import Mode


@dataclass(frozen=True, slots=True)
class Item:
    """One finding with the edits that would mend it, and the mode of its rule."""

    finding: Finding
    edits: tuple[Edit, ...]
    mode: Mode


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the rules have to say of one document."""

    items: tuple[Item, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person is told, in the order of the rules."""
        return tuple(item.finding for item in self.items)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of all rules, whether their mode lets them be written or not."""
        return tuple(edit for item in self.items for edit in item.edits)

    @property
    def enforced(self) -> tuple[Edit, ...]:
        """The edits of rules in Enforce only: what may be rolled out."""
        return tuple(
            edit
            for item in self.items
            if item.mode is Mode.ENFORCE and item.finding.blocked is None
            for edit in item.edits
        )

    @property
    def unknown_in_enforce(self) -> tuple[Finding, ...]:
        """What is not known to a rule in Enforce: each of them forbids a write."""
        return tuple(
            item.finding
            for item in self.items
            if item.mode is Mode.ENFORCE and item.finding.is_unsure
        )


def evaluate(
    rules: Iterable[Rule[View, Context]],
    document: Document,
    view: View,
    context: Context,
    *,
    settings: Mapping[str, Setting],
    subject: Subject,
) -> Judgement:
    """Judge *document* by *rules*.

    *view* is the typed reading of the document that rules of this kind take. A rule without an
    entry in *settings*, or whose mode there is Disabled, is not asked. What is exempt there is
    found and never edited. Edits of two rules that meet at one place and disagree are blocked as
    `PolicyConflict`, both.
    """
    items: list[Item] = []
    rules = tuple(rules)
    for rule in rules:
        setting = settings.get(rule.id)
        if setting is None or setting.mode is Mode.DISABLED:
            continue
        demands = rule.check(view, context)
        judged = (_judge(rule, one, document, setting, subject) for one in demands)
        items.extend(_unless_exempt(item, setting) for item in judged if item is not None)
    items = [_held_by_needs(item, rules, settings) for item in items]
    return Judgement(tuple(_without_conflicts(items)))


def _judge(
    rule: Rule[View, Context],
    demand: Demand,
    document: Document,
    setting: Setting,
    subject: Subject,
) -> Item | None:
    path = demand.path if isinstance(demand, Refuse) else path_of(demand)
    finding = Finding(
        id=finding_id(subject, rule.id, path),
        rule=rule.id,
        severity=setting.severity,
        container=container_of(path),
        path=str(path),
        message=demand.message,
        fixable=False,
    )
    if isinstance(demand, Refuse):
        return Item(replace(finding, blocked=demand.reason), (), setting.mode)
    match compare(document, demand):
        case Met():
            return None
        case NotKnown(because=because, wanted=wanted):
            blocked = UNDECIDED if wanted else UNKNOWN
            told = f"{demand.message}: cannot be told, {because}"
            return Item(replace(finding, message=told, blocked=blocked), (), setting.mode)
        case Differs(edits=edits):
            held = None if setting.mode is Mode.ENFORCE else setting.held
            return Item(replace(finding, fixable=True, blocked=held), edits, setting.mode)


def _unless_exempt(item: Item, setting: Setting) -> Item:
    by = setting.exempt_by(item.finding.container)
    if by is None:
        return item
    finding = replace(item.finding, fixable=False, blocked=EXEMPT, exempt_by=by)
    return Item(finding, (), item.mode)


def _held_by_needs(
    item: Item, rules: Iterable[Rule[View, Context]], settings: Mapping[str, Setting]
) -> Item:
    needs = next(rule.needs for rule in rules if rule.id == item.finding.rule)
    container = item.finding.container
    enforced = all(
        need in settings
        and settings[need].mode is Mode.ENFORCE
        and settings[need].exempt_by(container) is None
        for need in needs
    )
    if enforced or item.finding.blocked is not None or item.mode is not Mode.ENFORCE:
        return item
    return replace(item, finding=replace(item.finding, blocked="RuleDependency"))


def _without_conflicts(items: list[Item]) -> Iterable[Item]:
    for item in items:
        others = (edit for other in items if other is not item for edit in other.edits)
        if any(_disagree(mine, other) for other in others for mine in item.edits):
            finding = replace(item.finding, fixable=False, blocked="PolicyConflict")
            yield Item(finding, (), item.mode)
        else:
            yield item


def _disagree(left: Edit, right: Edit) -> bool:
    meet = left.path.starts_with(right.path) or right.path.starts_with(left.path)
    return meet and left != right
