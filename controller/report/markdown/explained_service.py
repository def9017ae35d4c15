"""Why a service stands as it does, as Markdown: to be sent to whoever owns it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome, Proposal
from controller.report.explained_service import rows
from controller.report.markdown.writing import (
    code,
    fenced,
    heading,
    listing,
    page,
    strong,
    table,
    text,
)
from controller.report.words import clean, name, sentence


def render(explained: ExplainedService, *, every: bool = False) -> str:
    """Return the page; policies that do not match are listed only for *every*."""
    outcome = explained.outcome
    return page(
        heading(2, f"Why {code(name(outcome.ref))} stands as it does"),
        strong(f"{outcome.sync}, {outcome.health}"),
        text(" ".join(rows.answer(explained))),
        text(rows.place(explained)),
        *_policies(explained, every=every),
        *_section(
            "How far it goes",
            table(("Whose word", "Mode", "Why"), _cells(rows.modes(explained))),
        ),
        *_section(
            "Rules",
            table(("Rule", "Mode", "Severity", "What"), _cells(rows.rules(explained))),
        ),
        *_written(explained),
        *_gates(explained),
        *_section("Not seen", listing(text(one) for one in explained.gaps)),
    )


def _policies(explained: ExplainedService, *, every: bool) -> Iterator[str]:
    if explained.why is None:
        return
    listed = rows.policies(explained, every=every)
    yield from _section(
        "Policies",
        table(("", "Policy", "What", "Why"), _cells(listed)),
        "" if every else text(rows.others(explained)),
    )


def _written(explained: ExplainedService) -> Iterator[str]:
    proposal = explained.outcome.proposal
    yield from _section(
        "What would be written",
        "" if proposal is None else _diff(proposal),
        *(block for one in explained.log_groups for block in _group(one)),
    )


def _group(one: Outcome) -> Iterator[str]:
    why = "" if one.reason is None else f": {text(sentence(one.reason))}"
    yield f"{code(name(one.ref))} {one.sync}{why}"
    if one.proposal is not None:
        yield _diff(one.proposal)


def _diff(proposal: Proposal) -> str:
    lines = []
    for change in proposal.lines:
        held = " (AuditOnly)" if change.path in proposal.held else ""
        for sign, value in (("-", change.old), ("+", change.new)):
            if value is not None:
                lines.append(clean(f"{sign} {change.path}: {value}{held}"))
    return fenced("\n".join(lines), "diff")


def _gates(explained: ExplainedService) -> Iterator[str]:
    unasked = explained.unasked
    told = (
        (one.said, code(one.gate), text(one.because or one.must), text(one.remedy))
        for one in rows.gates(explained)
    )
    yield from _section(
        "Gates",
        "" if unasked is None else text(f"None is asked: {unasked}."),
        table(("", "Gate", "What", "Do"), told),
    )


def _section(title: str, *blocks: str) -> Iterator[str]:
    """Yield the blocks below their title; nothing where there is none."""
    if any(blocks):
        yield from (heading(3, title), *blocks)


def _cells(several: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    return (tuple(text(one) for one in row) for row in several)
