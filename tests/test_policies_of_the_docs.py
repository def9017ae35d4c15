"""Every policy that a page shows is valid, and what the pages say of policies is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from controller.app.policies import KNOWN_RULES
from controller.app.policy_tests import run_tests
from controller.core.explained_windows import explain_windows
from controller.core.policy.parse import parse
from controller.core.policy.problem import Source
from controller.core.policy_test.parse import PolicyTest
from controller.core.policy_test.parse import parse as parse_test
from controller.report.explained_windows import table as windows_table
from controller.report.page import Page
from tests.cli.program import ecs_logging
from tests.test_docs import PAGES, ROOT, blocks, page

LANGUAGE = page("policy-language.md")
GUIDE = page("guide.md")
LIBRARY = ROOT / "controller/policies"

FAR_AWAY = """
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: far-away}
spec:
  priority: -1000
  match: [{clusters: [far-away]}]
  destinations: [{awslogs: {group: a, streamPrefix: a}}]
"""
"""A policy beside which an exception may stand alone."""


def documents(source: Path) -> Iterator[str]:
    """Yield the blocks of a page that are of the language."""
    for block in blocks(source.read_text(encoding="utf-8"), "yaml"):
        if re.search(r"^apiVersion: ecs-logging/", block, re.MULTILINE):
            yield block


@pytest.mark.parametrize("source", PAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_every_policy_of_a_page_is_valid(source: Path) -> None:
    for block in documents(source):
        if "kind: PolicyTest" in block:
            found = parse_test(Source("page", block))
            assert [one for one in found if not isinstance(one, PolicyTest)] == []
        elif "extends: production" in block and "name: production}" not in block:
            continue  # it extends a policy of another block: the guide is followed as a whole
        else:
            sources = [Source("page", block), Source("far away", FAR_AWAY)]
            assert parse(sources, known_rules=KNOWN_RULES).problems == ()


def test_the_pages_show_policies() -> None:
    assert sum(1 for source in PAGES for _ in documents(source)) > 10


def test_the_test_that_the_language_shows_passes(tmp_path: Path) -> None:
    shown = [*documents(ROOT / "docs/policy-language.md")]
    (tmp_path / "production.yaml").write_text(shown[0])
    (tmp_path / "production.test.yaml").write_text(shown[-1])

    ran = run_tests([tmp_path])

    assert [one.passed for one in ran.tested] == [True]
    assert ran.problems == []


def test_the_problems_that_the_language_shows_are_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (console,) = (one for one in blocks(LANGUAGE, "console") if "problems in 1 file" in one)
    first, _, told = console.partition("\n")
    good = next(documents(ROOT / "docs/policy-language.md"))
    bad = good.replace("mode: Audit", "mode: Enforc").replace(
        '    - clusters: ["prod-*"]\n', '    - clusters: ["prod-*"]\n      acounts: ["*"]\n'
    )
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/production.yaml").write_text(bad)
    monkeypatch.chdir(tmp_path)

    result = ecs_logging(*first.removeprefix("$ ecs-logging ").split())

    assert result.stdout == told


def test_the_windows_that_the_page_of_rollouts_shows_are_told_so() -> None:
    (console,) = (one for one in blocks(page("rollouts.md"), "console") if "windows" in one)
    written = parse(
        [Source("page", next(documents(ROOT / "docs/rollouts.md")))], known_rules=KNOWN_RULES
    )
    assert written.policies is not None

    told = explain_windows(written.policies.policies, datetime(2026, 11, 23, tzinfo=UTC))

    assert windows_table.render(told, Page()) == console.partition("\n")[2]


def test_the_guide_names_every_policy_of_the_library() -> None:
    named = re.findall(r"^\| \[`([\w-]+)`\]", GUIDE, re.MULTILINE)

    there = [one.stem for one in LIBRARY.glob("*.yaml") if not one.stem.endswith(".test")]
    assert sorted(named) == sorted(there)
