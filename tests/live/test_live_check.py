"""The live check itself, tried on the simulated AWS: that proves the check, and nothing of AWS."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from controller.sandbox import DEFAULT_REGION, Sandbox, SandboxServer
from tests.e2e import world
from tests.live.__main__ import main
from tests.live.check import ITEMS
from tests.live.page import page
from tests.live.writing import WRITING

CLUSTER = ("--cluster", "scratch")


class Terminal(StringIO):
    """Somebody at a terminal, who answers what is written here."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A simulated AWS with the cluster, to which the environment points."""
    sandbox = Sandbox()
    world.cluster(sandbox, "scratch")
    with SandboxServer(sandbox) as server:
        for name, value in {
            "AWS_ENDPOINT_URL": server.url,
            "AWS_ACCESS_KEY_ID": "AKIDLIVE",
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_DEFAULT_REGION": DEFAULT_REGION,
        }.items():
            monkeypatch.setenv(name, value)
        yield sandbox
    assert sandbox.unimplemented == []


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody says yes to every write."""
    monkeypatch.setattr(sys, "stdin", Terminal("y\n" * len(WRITING)))


def left_over(sandbox: Sandbox) -> list[object]:
    """Return what is left of what was made."""
    region = sandbox.region()
    revisions = [one for several in region.families.values() for one in several]
    active = [one for one in revisions if one.document["status"] == "ACTIVE"]
    cluster = sandbox.tags(f"arn:aws:ecs:{DEFAULT_REGION}:123456789012:cluster/scratch")
    return [*active, *region.log_groups, *cluster]


def test_without_a_cluster_nothing_is_asked(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.clear_requests()

    assert main([]) == 2
    assert "Name a cluster" in capsys.readouterr().out
    assert sandbox.requests == []


def test_a_cluster_that_is_not_there_is_not_made(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.clear_requests()

    assert main(["--cluster", "other"]) == 2
    assert "none is made" in capsys.readouterr().out
    assert sandbox.writes() == []


def test_a_simulation_is_called_one(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    main([*CLUSTER])

    assert "THIS IS NOT AWS" in capsys.readouterr().out


def test_without_a_terminal_nothing_is_written(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.clear_requests()

    assert main([*CLUSTER]) == 0
    assert capsys.readouterr().out.count("nobody said yes") == len(WRITING)
    assert sandbox.writes() == []


@pytest.mark.usefixtures("yes")
def test_what_is_made_is_tagged_and_taken_away_again(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.behaviour.inactive_unreadable = True

    assert main([*CLUSTER]) == 0

    told = capsys.readouterr().out
    assert [one.id for one in WRITING if f"PROVEN     {one.id}:" not in told] == []
    made = [one.body or {} for one in sandbox.writes("RegisterTaskDefinition")]
    assert all("ecs-logging-live-check" in str(one["tags"]) for one in made)
    assert left_over(sandbox) == []


@pytest.mark.usefixtures("yes")
def test_what_is_otherwise_is_refuted_and_taken_away_all_the_same(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.behaviour.drops = {"max-buffer-size"}

    assert main([*CLUSTER]) == 1

    told = capsys.readouterr().out
    assert "REFUTED    inactive-is-gone:" in told
    assert "REFUTED    round-trip:" in told
    assert left_over(sandbox) == []


@pytest.mark.usefixtures("yes")
def test_what_is_refused_midway_is_not_tried_and_taken_away_all_the_same(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.behaviour.inactive_unreadable = True
    sandbox.deny("PutRetentionPolicy")

    assert main([*CLUSTER]) == 0

    assert "NOT TRIED  log-group:" in capsys.readouterr().out
    assert left_over(sandbox) == []


@pytest.mark.usefixtures("yes")
def test_what_cannot_be_taken_away_is_told(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.deny("DeleteLogGroup")

    main([*CLUSTER])

    assert "NOT TAKEN AWAY, see to it yourself: ecs-logging-live-check-" in capsys.readouterr().out


def test_services_are_read_and_left_alone(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    arn = world.service(sandbox, "web", cluster="scratch")
    for number in (1, 2):
        members = {"cluster": "scratch", "service": arn, "forceNewDeployment": True}
        world.call(sandbox, "ecs", "UpdateService", **members, taskDefinition=f"web:{1}")
        sandbox.tick(6 * number)
    sandbox.clear_requests()

    main([*CLUSTER])

    told = capsys.readouterr().out
    assert "PROVEN     rollout-state:" in told
    assert "PROVEN     history:" in told
    assert sandbox.writes() == []


def test_the_page_of_what_is_unproven_is_current() -> None:
    root = Path(__file__).parents[2]

    assert (root / "docs/unproven.md").read_text(encoding="utf-8") == page(), "make docs"


# Where the code says UNVERIFIED, and the item that would verify it.
UNVERIFIED = {
    "core/service/code_deploy/phase.py": "codedeploy-goes-back",
    "core/service/duration.py": "draining",
    "core/service/logging_cause.py": "logging-reasons",
    "core/service/rolls/awaiting.py": "draining",
}


def test_whatever_the_code_calls_unverified_is_an_item() -> None:
    controller = Path(__file__).parents[2] / "controller"
    modules = {one.relative_to(controller).as_posix(): one for one in controller.rglob("*.py")}
    marked = {
        name
        for name, module in modules.items()
        if not name.startswith("sandbox/") and "UNVERIFIED" in module.read_text(encoding="utf-8")
    }

    assert marked == UNVERIFIED.keys()
    assert {*UNVERIFIED.values()} <= {one.id for one in ITEMS}


def test_every_item_has_a_name_of_its_own() -> None:
    names = [one.id for one in ITEMS]

    assert len(names) == len(set(names)) > 20
