"""Tests of policies as JUnit XML: a suite for each file, a case for each case."""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.policy_test.run import Tested
from controller.report.junit.suites import Case, Errored, Failed, Passed, Result, Suite, Suites
from controller.report.tested import lines
from controller.report.words import clean, listed


def suites(tested: Sequence[Tested], untested: Sequence[str]) -> Suites:
    """Return the suites; what no case shows is a suite of its own, of failures."""
    files = dict.fromkeys(one.place.file for one in tested)
    found = [
        Suite(file, tuple(_case(one) for one in tested if one.place.file == file)) for file in files
    ]
    if untested:
        missing = (Case(one, "untested", Failed(f"no case shows {one}")) for one in untested)
        found.append(Suite("untested", tuple(missing)))
    return Suites("ecs-logging policy test", tuple(found))


def _case(tested: Tested) -> Case:
    return Case(tested.name, tested.test, _result(tested), tested.place.file, tested.place.line)


def _result(tested: Tested) -> Result:
    if tested.unjudged is not None:
        return Errored(clean(tested.unjudged))
    if not tested.mismatches:
        return Passed()
    told = f"{listed(one.member for one in tested.mismatches)} came out otherwise"
    body = (line for one in tested.mismatches for line in (one.member, *lines(one)))
    return Failed(told, "\n".join(map(clean, body)))
