"""Task definitions in files, judged, as tests: each rule is a test of each task definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from controller.core.check import Checked, Placed
from controller.core.judge.finding import EXEMPT
from controller.core.judge.rule import Rule
from controller.core.policy.problem import Problem
from controller.core.policy.severity import Severity
from controller.core.reason import Sync
from controller.report.junit.suites import (
    Case,
    Errored,
    Failed,
    Passed,
    Result,
    Skipped,
    Suite,
    Suites,
)
from controller.report.words import clean, counted, listed, sentence


def suites(
    checked: Sequence[Checked],
    problems: Sequence[Problem],
    rules: Sequence[Rule[Any, Any]],
    *,
    fail_on: Severity | None,
) -> Suites:
    """Return a suite for each file, with a case for each rule and task definition.

    A violation of less than *fail_on* fails nothing; without *fail_on*, every violation does.
    What could not be judged or read is an error, what is exempt or ungoverned is skipped.
    """
    least = min(Severity) if fail_on is None else fail_on
    cases: dict[str, list[Case]] = {}
    for one in checked:
        cases.setdefault(one.span.file, []).extend(_cases(one, rules, least))
    for problem in problems:
        cases.setdefault(problem.file, []).append(_unread(problem))
    found = (Suite(file, tuple(several)) for file, several in cases.items())
    return Suites("ecs-logging check", tuple(found))


def _cases(checked: Checked, rules: Sequence[Rule[Any, Any]], least: Severity) -> Iterator[Case]:
    group = checked.name or "task definition"
    file, line = checked.span.file, checked.span.line
    if checked.reason is not None:
        told = sentence(checked.reason)
        unsure = checked.sync is Sync.UNDECIDED
        result: Result = Errored(told, checked.reason.remedy) if unsure else Skipped(told)
        yield Case("policy", group, result, file, line)
        return
    for rule in rules:
        found = [one for one in checked.findings if one.finding.rule == rule.id]
        first = found[0].span.line if found else line
        yield Case(rule.id, group, _result(found, least), file, first)


def _result(found: Sequence[Placed], least: Severity) -> Result:
    """Return the gravest that *found* amounts to."""
    failed, unsure, exempt = [], [], []
    for one in found:
        if one.finding.blocked == EXEMPT:
            exempt.append(one)
        elif one.finding.is_unsure:
            unsure.append(one)
        elif one.finding.severity >= least:
            failed.append(one)
    if failed:
        return Failed(_message(failed), _body(failed))
    if unsure:
        return Errored(_message(unsure), _body(unsure))
    return Skipped(_accepted(exempt)) if exempt else Passed()


def _message(found: Sequence[Placed]) -> str:
    if len(found) > 1:
        return counted(len(found), "finding")
    return clean(found[0].finding.message)


def _accepted(found: Sequence[Placed]) -> str:
    by = sorted({one.finding.exempt_by or "an exception" for one in found})
    return f"exempt by {listed(map(clean, by))}: {_message(found)}"


def _body(found: Sequence[Placed]) -> str:
    lines = (f"{one.span}: {one.finding.severity}: {one.finding.message}" for one in found)
    return "\n".join(map(clean, lines))


def _unread(problem: Problem) -> Case:
    place = f"{problem.file}:{problem.line}:{problem.column}"
    told = f"{problem.reason}: {problem.message}"
    body = clean(f"{place}: {problem.hint or problem.message}")
    return Case("read", problem.file, Errored(clean(told), body), problem.file, problem.line)
