"""Task definitions in files, judged, as a page of Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.core.check import Checked, Placed
from controller.core.judge.finding import EXEMPT
from controller.core.policy.problem import Problem
from controller.report.checked import answer
from controller.report.markdown.findings import what
from controller.report.markdown.problems import problems_table
from controller.report.markdown.writing import code, details, heading, page, strong, table, text
from controller.report.words import counted, sentence

_COLUMNS = ("Severity", "Place", "Rule", "What")


def render(checked: Sequence[Checked], problems: Sequence[Problem], *, policy_digest: str) -> str:
    """Return the page: what is against the policy first, what can wait folded away."""
    found = [placed for one in checked for placed in one.findings]
    exempt = [one for one in found if one.finding.blocked == EXEMPT]
    unsure = [one for one in found if one.finding.is_unsure]
    against = [one for one in found if one.finding.is_violation]
    undecided = [*_unjudged(checked)]
    return page(
        heading(2, "Logging of task definitions"),
        strong(text(answer(checked))) if checked else "",
        table(_COLUMNS, map(_row, against)),
        details(
            f"{counted(len(unsure) + len(undecided), 'finding')} that could not be judged",
            table(_COLUMNS, map(_row, unsure)),
            table(("Place", "Task definition", "Why"), undecided),
        ),
        details(f"{counted(len(exempt), 'exempt finding')}", table(_COLUMNS, map(_row, exempt))),
        details(
            f"{counted(len(problems), 'problem')} that kept files from being read",
            problems_table(problems),
        ),
        f"Policy digest {code(policy_digest[:16])}",
    )


def _row(placed: Placed) -> tuple[str, ...]:
    one = placed.finding
    return str(one.severity), code(str(placed.span)), text(one.rule), what(one)


def _unjudged(checked: Sequence[Checked]) -> Iterator[tuple[str, ...]]:
    for one in checked:
        if one.incomplete and one.reason is not None:
            yield code(str(one.span)), text(one.name or ""), text(sentence(one.reason))
