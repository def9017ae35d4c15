"""What is told of a service, section by section, as rows of plain words: a page lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from controller.core.consent import NOT_ENFORCED
from controller.core.explained_service import ExplainedService
from controller.core.judge.finding import Finding
from controller.core.move import Look, Wait
from controller.core.policy.exception import EVERY_RULE, PolicyException
from controller.core.policy.why import Place
from controller.core.reason import Sync
from controller.core.service.rule_by_rule import RuleStanding
from controller.report.moves import would
from controller.report.words import listed, moment, sentence

PLACES: Final = {
    Place.GOVERNS: "governs",
    Place.TIED: "tied",
    Place.PENDING: "pending",
    Place.OUTRANKED: "lost",
    Place.NOT_KNOWN: "not known",
    Place.EXCLUDED: "excluded",
    Place.NO_MATCH: "no match",
}
_PROCESS: Final = (
    "explain never writes; apply, or a controller started with --enforce, says yes here"
)


class PolicyRow(NamedTuple):
    """One policy: how it came out, its name, what it is, and why it came out so."""

    place: str
    name: str
    what: str
    because: str


def policies(explained: ExplainedService, *, every: bool) -> list[PolicyRow]:
    """Return the policies by priority; those that do not match only for *every*."""
    considered = () if explained.why is None else explained.why.considered
    return [
        PolicyRow(PLACES[x.place], x.name, f"{x.mode}, priority {x.priority}", x.because)
        for x in considered
        if every or x.concerns
    ]


def others(explained: ExplainedService) -> str:
    """Return how many policies do not match; empty where all do."""
    considered = () if explained.why is None else explained.why.considered
    number = sum(not one.concerns for one in considered)
    if not number:
        return "" if considered else "There is no policy."
    return "1 policy does not match." if number == 1 else f"{number} policies do not match."


class ModeRow(NamedTuple):
    """Somebody whose word counts, how far that lets the controller go, and why."""

    whose: str
    mode: str
    because: str


def modes(explained: ExplainedService) -> Iterator[ModeRow]:
    """Yield all whose word counts: the process, the policy, the service, exceptions, its owner."""
    stands = explained.standing
    if stands is None:
        return
    yield ModeRow("process", "Audit", _PROCESS)
    yield ModeRow(f"policy {stands.policy.name}", str(stands.policy.mode), "")
    held = "" if stands.held is None else sentence(stands.held)
    until = "" if stands.changes_at is None else f"may change at {moment(stands.changes_at)}"
    told = ". ".join(one for one in (held, stands.held.remedy if stands.held else "", until) if one)
    yield ModeRow("this service", str(stands.cap), told)
    for exception in stands.exemptions:
        yield ModeRow(f"exception {exception.name}", "Exempt", _exempting(exception))
    for warning in stands.warnings:
        yield ModeRow("its owner's tags", "", warning)


def _exempting(exception: PolicyException) -> str:
    rules = "every rule" if EVERY_RULE in exception.rules else listed(exception.rules)
    where = "" if exception.containers is None else " of some containers"
    by = ", ".join(one for one in (exception.owner, exception.ticket) if one is not None)
    asked = f" ({by})" if by else ""
    return f"{rules}{where}, to the end of {exception.expires}: {exception.reason}{asked}"


class RuleRow(NamedTuple):
    """One rule and one thing that it found; empty cells stand for those of the row above."""

    rule: str
    mode: str
    severity: str
    told: str


def rules(explained: ExplainedService) -> Iterator[RuleRow]:
    """Yield each rule, with a row for each thing that it found."""
    for one in explained.rules:
        mode = f"{one.mode} ({one.held})" if one.stated is not one.mode else str(one.mode)
        first, *more = _found(one)
        yield RuleRow(one.rule, mode, str(one.severity) if one.findings else "", first)
        yield from (RuleRow("", "", "", told) for told in more)


def _found(rule: RuleStanding) -> list[str]:
    if not rule.is_asked:
        return ["not asked"]
    return [_finding(one) for one in rule.findings] or ["Compliant"]


def _finding(one: Finding) -> str:
    by = f" by {one.exempt_by}" if one.exempt_by else ""
    if one.blocked is not None:
        return f"{one.message} ({one.blocked}{by})"
    return f"{one.message} (would be edited)" if one.fixable else one.message


class GateRow(NamedTuple):
    """One gate: what it says, its name, what it sees to, and what holds the service there."""

    said: str
    gate: str
    must: str
    because: str
    remedy: str


def gates(explained: ExplainedService) -> Iterator[GateRow]:
    """Yield each gate, in the order in which they are asked."""
    for one in explained.gates:
        match one.said:
            case None:
                yield GateRow("passed", one.gate, one.must, "", "")
            case Look(part=part):
                told = f"nobody has looked at this yet: {part}"
                yield GateRow("not asked", one.gate, one.must, told, "")
            case Wait(reason=reason, until=until):
                again = "" if until is None else f" A controller looks again at {moment(until)}."
                remedy = f"{reason.remedy}{again}".strip()
                yield GateRow("holds", one.gate, one.must, sentence(reason), remedy)


def answer(explained: ExplainedService) -> tuple[str, str]:
    """Return the answer to the first question, why it stands so, and what a person can do."""
    outcome = explained.outcome
    reason = outcome.reason
    if outcome.move is not None:
        told = "" if reason is None else f" {sentence(reason)}"
        return f"It would {would(outcome.move)}.{told}", ""
    if outcome.awaits_consent:
        return _once_allowed(explained), ""
    if reason is not None:
        return sentence(reason), reason.remedy
    return ("It is as its policy says.", "") if outcome.sync is Sync.COMPLIANT else ("", "")


def _once_allowed(explained: ExplainedService) -> str:
    """Return what comes of a yes of the process, which by itself is never given here."""
    reasons = (one.reason for one in explained.holding if one.reason != NOT_ENFORCED)
    codes = dict.fromkeys(one.code for one in reasons)
    if codes:
        return f"Besides the yes of apply or --enforce, this holds it: {listed(codes)}."
    return "Apply would register this as a new revision and roll the service to it."


def place(explained: ExplainedService) -> str:
    """Return what the service runs and where, and when and by what it was judged."""
    outcome, when = explained.outcome, moment(explained.observed_at)
    revision = (outcome.task_definition or "no revision").rsplit("/", 1)[-1]
    saved = explained.inventory
    seen = f"Seen {when}" if saved is None else f"As of {when}, from {saved}"
    policies = "" if outcome.policy_digest is None else f", policy {outcome.policy_digest[:16]}"
    return f"{revision} in {outcome.ref.account} {outcome.ref.region}. {seen}{policies}"
