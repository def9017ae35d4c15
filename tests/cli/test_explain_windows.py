"""`explain windows` tells when rolls of each policy may start next; it asks nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from controller.core.policy.yaml.node import plain
from controller.core.policy.yaml.read import read
from tests.cli.program import ecs_logging

HEAD = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  match: [{clusters: ["*"]}]
  destinations: [{awslogs: {group: "/ecs/{cluster}", streamPrefix: "{service}"}}]
"""


@pytest.fixture
def policy(tmp_path: Path) -> str:
    """A policy with two windows, of which one is too short, and a freeze."""
    path = tmp_path / "production.yaml"
    path.write_text(
        HEAD
        + """\
  rollout:
    windows:
      - {zone: Asia/Kathmandu, allow: {from: 22:00, to: 04:00}}
      - {zone: UTC, allow: {cron: 0 10 * * *, duration: 10m}}
      - {zone: UTC, deny: {cron: 0 0 29 2 *, duration: 1h}}
"""
    )
    return str(path)


def test_the_windows_and_the_next_openings_are_told_in_their_zone_and_in_utc(policy: str) -> None:
    told = ecs_logging("explain", "windows", "--policy", policy).stdout

    assert told.startswith("production\n  allows every day 22:00 to 04:00, Asia/Kathmandu\n")
    assert "  opens, Asia/Kathmandu  opens, UTC " in told
    assert "22:00" in told
    assert "16:15" in told


def test_a_window_that_can_never_be_long_enough_is_told(policy: str) -> None:
    told = ecs_logging("explain", "windows", "--policy", policy).stdout

    assert "  allows 0 10 * * * for 10m, UTC: never long enough for a roll\n" in told
    assert "A roll needs a window that stays open for 20m" in told
    assert "10m, too short" in told


def test_where_no_window_is_ever_long_enough_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    windows = "{windows: [{zone: UTC, allow: {from: 22:00, to: 22:10}}]}"
    path.write_text(f"{HEAD}  rollout: {windows}\n")

    told = ecs_logging("explain", "windows", "--policy", str(path)).stdout

    assert "No opening is ever long enough, so no roll ever starts." in told


def test_a_policy_without_windows_says_so(tmp_path: Path) -> None:
    path = tmp_path / "always.yaml"
    path.write_text(HEAD)

    told = ecs_logging("explain", "windows", "--policy", str(path)).stdout

    assert told == "production\n  It has no windows: rolls may start at any time.\n"


@pytest.mark.parametrize("output", ["json", "yaml"])
def test_programs_are_told_the_same(policy: str, output: str) -> None:
    written = ecs_logging("explain", "windows", "--policy", policy, "--output", output).stdout

    page: Any = json.loads(written) if output == "json" else plain(read(written).documents[0])
    (told,) = page["windows"]
    assert (told["policy"], told["needed"]) == ("production", "20m")
    assert [(one["effect"], one["isLongEnough"]) for one in told["windows"]] == [
        ("allow", True),
        ("allow", False),
        ("deny", True),
    ]
    assert len(told["openings"]) == 5
    assert all("Asia/Kathmandu" in one["local"] for one in told["openings"])


def test_a_page_is_told_the_same(policy: str) -> None:
    told = ecs_logging("explain", "windows", "--policy", policy, "--output", "markdown").stdout

    assert told.startswith("## `production`\n\n- allows every day 22:00 to 04:00, Asia/Kathmandu\n")
    assert "| Opens, Asia/Kathmandu | Opens, UTC | For |" in told


def test_windows_without_a_policy_are_a_usage_error() -> None:
    ended = ecs_logging("explain", "windows")

    assert ended.exit_code == 2
    assert "windows are of policies: give --policy" in ended.stderr
