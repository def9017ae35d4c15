"""The first sentences of a report: how the fleet stands, and whether all of it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from controller.core.outcome import Outcome
from controller.core.reason import Sync
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.core.report import Report
from controller.report.styles import ASIDE, HEADING, SYNC
from controller.report.words import clean, counted, listed, moment

_NOUNS: Final = {ServiceRef: "service", LogGroupRef: "log group", ClusterRef: "cluster"}


def summary(report: Report) -> Iterator[Text]:
    """Yield the answer to the first question, the counts, and what is missing."""
    yield Text(answer(report), HEADING)
    counts = [(sync, number) for sync, number in report.counts.items() if number]
    if counts:
        parts = [Text.assemble(f"{number} ", (str(sync), SYNC[sync])) for sync, number in counts]
        yield Text(" · ").join(parts)
    yield Text(f"{seen(report)}, policy {report.policy_digest[:16]}", ASIDE)
    if report.gaps:
        yield Text()
        yield Text("Not seen, so this report is incomplete:", SYNC[Sync.UNKNOWN])
        yield from (Text(f"  {clean(gap)}") for gap in report.gaps)
    if report.notices:
        yield Text()
        yield from (
            Text.assemble((one.code, HEADING), f"  {clean(f'{one.message}. {one.remedy}')}")
            for one in report.notices
        )


def answer(report: Report) -> str:
    """Return the answer to the first question: is the fleet as the policies say?"""
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


def seen(report: Report) -> str:
    """Return when the fleet was seen: now, or when its inventory was taken."""
    when = moment(report.observed_at)
    if report.inventory is None:
        return f"Seen {when}"
    return f"As of {when}, from {clean(report.inventory)}"


def _of_all(drifted: list[Outcome], report: Report) -> str:
    """Return `2 of 5 services and 1 of 3 log groups are`."""
    parts = []
    for kind, noun in _NOUNS.items():
        some, every = (
            sum(isinstance(one.ref, kind) for one in several)
            for several in (drifted, report.outcomes)
        )
        if some:
            parts.append(f"{some} of {counted(every, noun)}")
    verb = "is" if len(drifted) == 1 else "are"
    return f"{listed(parts)} {verb}"
