"""`status`: what is shown once, and again and again until Ctrl-C."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from controller.cli import program
from controller.core.outcome import RollInFlight
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Reason
from controller.core.state.model import ClusterState
from controller.core.state.waves import Stage, WaveStatus
from controller.core.status import Held, Rolling, Status, StoppedLine, Waiting
from controller.errors import RetryError
from controller.report.status import table
from controller.settings import Settings
from tests.cli.program import Fleet, policy_in
from tests.report.reports import NOW, PAGE, service

WEB, API, DB = service("web"), service("api"), service("db")
LATER = NOW + timedelta(minutes=5)
WEB_8 = "arn:…:task-definition/web:8"
BUSY = Status(
    observed_at=NOW,
    policy_digest="0123456789abcdef" * 4,
    clusters={
        WEB.cluster_ref: ClusterState(paused=NOW, paused_by="user/anna", unknown_member="web:8")
    },
    lines=(StoppedLine("production", Reason("LineStopped", "the last 2 rolls failed", "Look.")),),
    waves=(
        WaveStatus("production", "first", 3, 3, 0, Stage.DONE),
        WaveStatus("production", "second", 4, 1, 1, Stage.OPEN),
        WaveStatus(
            *("production", "third", 2, 0, 0, Stage.WAITING),
            Reason("WaitingForWave", "3 services are left"),
            LATER,
        ),
    ),
    rolls=(Rolling(WEB, RollInFlight("Baking", WEB_8, NOW, LATER)),),
    waiting=(Waiting("OutsideWindow", (API, DB), LATER),),
    ready=(DB,),
    holds=(Held(API, Reason("HeldAfterFailure", "it failed before", "Approve it.")),),
    suspended=(DB,),
    gaps=("eu-west-2: AccessDenied",),
)


@dataclass(slots=True)
class Moving:
    """A fleet that shows what it is told to, look by look, until Ctrl-C is pressed."""

    looks: list[Status | Exception]

    async def status(self, settings: Settings, policies: PolicySet | None) -> Status:
        """Show the next."""
        if not self.looks:
            raise KeyboardInterrupt
        shown = self.looks.pop(0)
        if isinstance(shown, Exception):
            raise shown
        return shown


def says(fleet: Fleet, *arguments: str | Path, moving: Moving | None = None) -> Result:
    app = fleet.app if moving is None else replace(fleet.app, status=moving.status)
    words = ["status", *map(str, arguments)]
    return CliRunner().invoke(program(), words, obj=app, prog_name="ecs-logging")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let nobody wait, and tell for how long they would have."""
    waited: list[float] = []
    record: Callable[[float], None] = waited.append
    monkeypatch.setattr(time, "sleep", record)
    return waited


@pytest.mark.parametrize(
    "told",
    [
        "paused since 2026-11-22 12:00:00 UTC by user/anna",
        "ECS did not keep web:8",
        "policy production: LineStopped: the last 2 rolls failed",
        "Done",
        "1 of 4 done, 1 in flight",
        "WaitingForWave",
        "Baking",
        "since 2026-11-22 12:00:00 UTC, until 2026-11-22 12:05:00 UTC",
        "OutsideWindow",
        "prod/api, prod/db, until 2026-11-22 12:05:00 UTC",
        "HeldAfterFailure: it failed before",
        "Approve it.",
        "Suspended",
        "eu-west-2: AccessDenied",
        "1 roll in flight, 2 targets waiting",
    ],
)
def test_all_that_goes_on_is_told(told: str) -> None:
    shown = " ".join(table.render(BUSY, replace(PAGE, width=200)).split())

    assert told in shown


def test_of_what_does_not_go_on_nothing_is_said() -> None:
    result = says(Fleet())

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Nothing goes on, and nothing waits.",
        "Seen 2026-11-22 12:00:00 UTC, no policy given, so what waits is not known",
    ]


def test_policies_may_be_given_and_need_not(tmp_path: Path) -> None:
    with_them, without = Fleet(), Fleet()

    assert says(with_them, "--policy", policy_in(tmp_path)).exit_code == 0
    assert says(without).exit_code == 0
    assert with_them.policies is not None
    assert without.policies is None


def test_what_was_not_seen_is_incomplete() -> None:
    assert says(Fleet(going_on=BUSY)).exit_code == 4


def test_programs_read_the_same() -> None:
    told = json.loads(says(Fleet(going_on=BUSY), "--output", "json").stdout)

    assert told["clusters"][0]["pausedBy"] == "user/anna"
    assert told["stoppedLines"][0]["policy"] == "production"
    assert [one["stage"] for one in told["waves"]] == ["Done", "Open", "Waiting"]
    (roll,) = told["rolls"]
    assert (roll["service"], roll["phase"], roll["until"]) == ("web", "Baking", LATER.isoformat())
    (waiting,) = told["waiting"]
    assert (waiting["reason"], waiting["count"]) == ("OutsideWindow", 2)
    assert told["holds"][0]["reason"] == "HeldAfterFailure"
    as_yaml = says(Fleet(going_on=BUSY), "--output", "yaml").stdout
    assert YAML(typ="safe").load(as_yaml) == told


def test_a_watch_shows_one_below_the_other_and_ends_well(at_once: list[float]) -> None:
    quiet = Status(NOW, None)

    result = says(Fleet(), "--watch", moving=Moving([quiet, BUSY, quiet]))

    assert result.exit_code == 0, result.output
    assert result.stdout.count("Seen 2026-11-22") == 3
    assert "1 roll in flight" in result.stdout
    assert "Traceback" not in result.output
    assert at_once == [5.0, 5.0, 5.0]


def test_a_fault_that_passes_does_not_end_a_watch(at_once: list[float]) -> None:
    fault = RetryError("ListClusters", "ServerException", "try again")

    result = says(Fleet(), "--watch", moving=Moving([fault, Status(NOW, None)]))

    assert result.exit_code == 0
    assert "Not seen: ListClusters: ServerException" in result.stderr
    assert "Nothing goes on" in result.stdout
    assert len(at_once) == 2


def test_a_watch_for_programs_is_one_document_after_the_other(at_once: list[float]) -> None:
    moving = Moving([BUSY, BUSY])

    result = says(Fleet(), "--watch", "--output", "yaml", moving=moving)

    documents = list(YAML(typ="safe").load_all(result.stdout))
    assert [one["schemaVersion"] for one in documents] == [1, 1]
    assert len(at_once) == 2
