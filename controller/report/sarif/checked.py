"""Task definitions in files, judged, as SARIF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from controller.core.check import Checked, Placed
from controller.core.judge.finding import EXEMPT, Finding
from controller.core.judge.rule import Rule
from controller.core.policy.problem import Problem
from controller.report.markdown.rules import help_of
from controller.report.sarif.location import location
from controller.report.sarif.log import Descriptor, Run, level_of, log, notification
from controller.report.structure import Structure
from controller.report.words import clean, sentence


def structure(
    checked: Sequence[Checked], rules: Sequence[Rule[Any, Any]], run: Run, root: PurePath
) -> Structure:
    """Return the findings as a SARIF log; *rules* are those that may find something.

    An exempt finding is suppressed; one that could not be judged is open, not failed.
    """
    results = [_result(placed, root) for one in checked for placed in one.findings]
    return log(run, [_descriptor(rule) for rule in rules], results)


def notifications(
    checked: Sequence[Checked], problems: Sequence[Problem], root: PurePath
) -> Iterator[Structure]:
    """Yield what kept the run from being complete: files and policies that could not be judged."""
    for problem in problems:
        place = location(problem.file, problem.line, problem.column, root)
        yield notification("error", f"{problem.reason}: {problem.message}", place)
    for one in checked:
        if one.incomplete and one.reason is not None:
            span = one.span
            place = location(span.file, span.line, span.column, root)
            yield notification("warning", sentence(one.reason), place)


def _descriptor(rule: Rule[Any, Any]) -> Descriptor:
    return Descriptor(
        id=rule.id,
        title=f"{rule.title}.",
        why=rule.why,
        help=help_of(rule),
        level=level_of(rule.severity),
        url=next(iter(rule.explained.sources), None),
        tags=("ecs", "logging", *rule.explained.frameworks),
    )


def _result(placed: Placed, root: PurePath) -> Structure:
    one, span = placed.finding, placed.span
    return {
        "ruleId": one.rule,
        "kind": "open" if one.is_unsure else "fail",
        "level": "none" if one.is_unsure else level_of(one.severity),
        "message": {"text": clean(one.message)},
        "locations": [location(span.file, span.line, span.column, root, path=one.path)],
        "partialFingerprints": {"findingId/v1": one.id},
        "suppressions": [*_suppressions(one)],
        "properties": {"severity": str(one.severity), "container": one.container},
    }


def _suppressions(finding: Finding) -> Iterator[Structure]:
    if finding.blocked == EXEMPT:
        named = finding.exempt_by
        why = "an exception of the policy" if named is None else f"PolicyException {named}"
        yield {"kind": "external", "status": "accepted", "justification": clean(why)}
