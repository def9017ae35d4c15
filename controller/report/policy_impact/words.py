"""What is said of a change of policies, in text and in Markdown alike."""

from __future__ import annotations

from collections import Counter
from typing import Final

from controller.core.judge.finding import Finding
from controller.core.policy_impact.model import Difference, Impact, Pair, TargetImpact
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef, ServiceRef
from controller.report.words import clean, counted, listed, moment, name

HEADINGS: Final = ("Target", "Policy", "Sync", "Written")
_NONE: Final = "–"
_UNSURE: Final = frozenset({Sync.UNKNOWN, Sync.UNDECIDED})


def answer(impact: Impact) -> str:
    """Return the answer to the first question: does anything change, and what is rolled?"""
    if not impact.targets:
        return "No service was found."
    if not impact.affected:
        return "Nothing changes."
    kinds = (_of_all(impact, ServiceRef, "service"), _of_all(impact, LogGroupRef, "log group"))
    affected = listed(one for one in kinds if one)
    verb = "is" if len(impact.affected) == 1 else "are"
    rolled = len(impact.new_writes)
    told = f"{counted(rolled, 'service')} would be rolled anew" if rolled else "none is rolled anew"
    return f"{affected} {verb} affected; {told}."


def _of_all(impact: Impact, kind: type, noun: str) -> str:
    every = sum(isinstance(one.ref, kind) for one in impact.targets)
    affected = sum(isinstance(one.ref, kind) for one in impact.affected)
    return f"{affected} of {counted(every, noun)}" if affected else ""


def by_max_impact(impact: Impact) -> str:
    """Return what the controller would say of the new set where the old one is in force.

    Nothing where nothing is rolled.
    """
    measure = impact.measure
    if impact.digest.new is None:
        return "No policy at all cannot come in force: a controller that runs keeps those before."
    if impact.held is not None:
        until = "It would load as Audit until a person approves it."
        share = f" ({_percent(measure.changed, measure.governed)})" if measure.changed else ""
        reason = impact.held
        return f"{reason.code}{share}: {reason.message}. {until} {reason.remedy}".rstrip()
    if not impact.new_writes:
        return ""
    if not measure.governed:
        return "Nothing is held by maxImpact: no policies enforce there now. Budgets set the pace."
    return (
        f"It would change {measure.changed} of {measure.governed} governed services "
        f"({_percent(measure.changed, measure.governed)}): maxImpact {impact.max_impact}% lets "
        f"{measure.most} through without an approval."
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "all"


def seen(impact: Impact) -> str:
    """Return when the fleet was seen, and the digests of the two sets."""
    when = moment(impact.observed_at)
    source = f"Seen {when}"
    if impact.inventory is not None:
        source = f"As of {when}, from {clean(impact.inventory)}"
    old, new = (
        "none" if one is None else one[:16] for one in (impact.digest.old, impact.digest.new)
    )
    return f"{source}, policies {old} → {new}"


def gaps(impact: Impact) -> list[str]:
    """Return sentences on what could not be seen or judged; targets are counted by the reason."""
    codes = Counter(
        "not all of it can be judged" if one.reason is None else one.reason.code
        for one in impact.targets
        if one.sync.new in _UNSURE
    )
    syncs = [one.sync for one in impact.targets]
    if before := sum(one.old in _UNSURE and one.new not in _UNSURE for one in syncs):
        codes["under the old policies alone"] = before
    told = (f"{counted(number, 'target')}: {code}" for code, number in sorted(codes.items()))
    return [*impact.gaps, *told]


def spans_regions(impact: Impact) -> bool:
    """Tell whether names need their Region to tell targets apart."""
    return len({(one.ref.account, one.ref.region) for one in impact.targets}) > 1


def has_details(one: TargetImpact) -> bool:
    """Tell whether more is to be said of a target than fits into its row."""
    return bool(one.differences or one.added or one.removed)


def cells(one: TargetImpact, *, with_region: bool) -> tuple[str, str, str, str]:
    """Return the cells of a target's row, below HEADINGS."""
    return (
        name(one.ref, with_region=with_region),
        _changed(one.policy),
        _changed(one.sync),
        written(one),
    )


def _changed(pair: Pair[str | None] | Pair[Sync | None]) -> str:
    old, new = (_NONE if one is None else clean(str(one)) for one in (pair.old, pair.new))
    return f"{old} → {new}" if pair.differs else new


def written(one: TargetImpact) -> str:
    """Return whether a target is written under the old set, and under the new one."""
    if one.written.differs:
        return "no → yes" if one.written.new else "yes → no"
    if not one.written.new:
        return "no"
    return "yes, otherwise" if one.is_new_write else "yes"


def difference(one: Difference) -> str:
    """Return what is wanted of one part of a target, under the old set and under the new one."""
    old, new = (_NONE if value is None else clean(value) for value in (one.old, one.new))
    return f"{old} → {new}"


def told(one: Finding) -> str:
    """Return what a person is told of a finding."""
    held = f" ({one.blocked})" if one.blocked else ""
    return clean(f"{one.severity} {one.rule}: {one.message}{held}")
