"""The library of policies that is shipped: each is valid, tested, and in Audit until told."""

from __future__ import annotations

from pathlib import Path

import pytest

import controller
from controller.app.policies import load
from controller.app.policy_tests import run_tests
from controller.core.policy.mode import Mode

LIBRARY = Path(controller.__file__).parent / "policies"
POLICIES = sorted(one for one in LIBRARY.glob("*.yaml") if not one.name.endswith(".test.yaml"))


def test_there_is_a_library() -> None:
    assert [one.stem for one in POLICIES] == [
        "central-cloudwatch",
        "cost-saving",
        "non-blocking-everywhere",
        "pci",
        "security-hub",
    ]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_each_policy_is_valid_called_as_its_file_and_writes_nothing_by_itself(path: Path) -> None:
    parsed = load([path])

    assert parsed.policies is not None, parsed.problems
    assert [one.name for one in parsed.policies.policies] == [path.stem]
    assert {one.mode for one in parsed.policies.policies} == {Mode.AUDIT}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_each_policy_does_what_its_cases_say(path: Path) -> None:
    ran = run_tests([path.with_name(f"{path.stem}.test.yaml")])

    assert not ran.problems
    assert not ran.untested
    assert ran.tested
    assert [one for one in ran.tested if not one.passed] == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_each_policy_begins_with_a_sentence_on_what_it_is_for(path: Path) -> None:
    first, *_ = path.read_text().splitlines()

    assert first.startswith("# ")
