"""The first sentences of a report: how the fleet stands, and whether all of it was seen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from controller.core.outcome import Outcome
from controller.core.reason import Sync
from controller.core.refs import ServiceRef
from controller.core.report import Report
from controller.report.styles import ASIDE, HEADING, SYNC
from controller.report.words import clean, counted, listed, moment


def summary(report: Report) -> Iterator[Text]:
    """Yield the answer to the first question, the counts, and what is missing."""
    yield Text(_answer(report), HEADING)
    counts = [(sync, number) for sync, number in report.counts.items() if number]
    if counts:
        parts = [Text.assemble(f"{number} ", (str(sync), SYNC[sync])) for sync, number in counts]
        yield Text(" · ").join(parts)
    yield Text(f"Seen {moment(report.observed_at)}, policy {report.policy_digest[:16]}", ASIDE)
    if report.gaps:
        yield Text()
        yield Text("Not seen, so this report is incomplete:", SYNC[Sync.UNKNOWN])
        yield from (Text(f"  {clean(gap)}") for gap in report.gaps)


def _answer(report: Report) -> str:
    drifted = [one for one in report.outcomes if one.sync is Sync.DRIFTED]
    unsure = report.counts[Sync.UNKNOWN] + report.counts[Sync.UNDECIDED]
    if not report.outcomes:
        return "No service was found."
    if drifted:
        return f"{_of_all(drifted, report)} not as the policy says."
    if unsure:
        return f"No drift was found, but {counted(unsure, 'target')} could not be judged."
    if not report.counts[Sync.COMPLIANT]:
        return f"No policy governs any of the {counted(len(report.outcomes), 'target')} found."
    return "Everything that a policy governs is as the policy says."


def _of_all(drifted: list[Outcome], report: Report) -> str:
    """Return `2 of 5 services and 1 of 3 log groups are`."""
    parts = []
    for noun, is_service in (("service", True), ("log group", False)):
        some, every = (
            sum(isinstance(one.ref, ServiceRef) is is_service for one in several)
            for several in (drifted, report.outcomes)
        )
        if some:
            parts.append(f"{some} of {counted(every, noun)}")
    verb = "is" if len(drifted) == 1 else "are"
    return f"{listed(parts)} {verb}"
