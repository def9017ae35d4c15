"""The fleet as a page of Markdown: a report to send round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from controller.core.judge.finding import Finding
from controller.core.outcome import Outcome
from controller.core.reason import Reason
from controller.core.report import Report
from controller.report.markdown.findings import what
from controller.report.markdown.writing import (
    code,
    details,
    heading,
    listing,
    page,
    strong,
    table,
    text,
)
from controller.report.reasons import concerned
from controller.report.summary import answer, seen
from controller.report.table import noteworthy
from controller.report.targets import held_by
from controller.report.words import counted, name, spans_regions

_FINDINGS = ("Severity", "Rule", "What")


def render(report: Report, *, every: bool = False) -> str:
    """Return *report*; targets that are as they should be are listed only for *every*."""
    with_region = spans_regions(report)
    noted = noteworthy(report, every=every)
    return page(
        heading(2, "How the fleet logs"),
        strong(text(answer(report))),
        " · ".join(f"{number} {sync}" for sync, number in report.counts.items() if number),
        *_listed("Not seen, so this report is incomplete:", report.gaps),
        *_listed("To know of:", (_notice(one) for one in report.notices)),
        table(
            ("Target", "Sync", "Health", "Findings", "Reason"),
            (_row(one, with_region=with_region) for one in noted),
        ),
        *_findings(noted, with_region=with_region),
        *_reasons(noted, with_region=with_region),
        f"{text(seen(report))}, policy {code(report.policy_digest[:16])}",
    )


def _listed(introduction: str, sentences: Iterable[str]) -> Iterator[str]:
    if written := listing(text(one) for one in sentences):
        yield introduction
        yield written


def _notice(notice: Reason) -> str:
    return f"{notice.code}: {notice.message}. {notice.remedy}"


def _row(one: Outcome, *, with_region: bool) -> tuple[str, ...]:
    return (
        code(name(one.ref, with_region=with_region)),
        str(one.sync),
        str(one.health),
        str(len(one.findings)),
        text(held_by(one)),
    )


def _findings(noted: Sequence[Outcome], *, with_region: bool) -> Iterator[str]:
    for one in noted:
        called = name(one.ref, with_region=with_region)
        summary = f"{called}: {counted(len(one.findings), 'finding')}"
        yield details(summary, table(_FINDINGS, map(_finding, one.findings)))


def _finding(one: Finding) -> tuple[str, ...]:
    return str(one.severity), text(one.rule), what(one)


def _reasons(noted: Sequence[Outcome], *, with_region: bool) -> Iterator[str]:
    rows = (
        (
            text(reason.code),
            text(reason.message),
            text(reason.remedy),
            ", ".join(code(called) for called in names),
        )
        for reason, names in concerned(noted, with_region=with_region)
    )
    yield details("Why", table(("Reason", "What", "Do", "Targets"), rows))
