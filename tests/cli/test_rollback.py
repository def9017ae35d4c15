"""`rollback`: what is meant, what is asked, what is shown, and the exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from controller.cli import program
from controller.core.move import Return
from controller.core.reason import Reason
from controller.core.taken_back import (
    Begun,
    Ending,
    Meant,
    Planned,
    Rollback,
    Suspending,
    TakenBack,
)
from controller.decide.record import by_hand
from tests.cli.program import Fleet
from tests.report.reports import NOW, service

WEB, API = service("web"), service("api")
WEB_7, WEB_8 = "arn:…:task-definition/web:7", "arn:…:task-definition/web:8"
WOULD = Planned(WEB, WEB_8, WEB_7)
WRITE = by_hand(WEB, Return(WEB, WEB_7), NOW, came_from=WEB_8)
BACK = TakenBack(WEB, Ending.BACK, None, WEB_8, WEB_7, suspended=True, writes=(WRITE,))
NOT_OURS = Reason("NotOurs", "the service runs api:3, which is no revision of ours")
REFUSED = TakenBack(API, Ending.REFUSED, NOT_OURS)
FAILED = TakenBack(API, Ending.FAILED, Reason("ReturnFailed", "it does not run"), suspended=True)


class _Keyboard(CliRunner):
    """Runs the program as if somebody sat before it."""

    @contextmanager
    def isolation(self, *given: Any, **stated: Any) -> Iterator[Any]:
        with super().isolation(*given, **stated) as streams:
            sys.stdin.isatty = lambda: True  # type: ignore[method-assign]  # the runner's own
            yield streams


def fleet_of(*ended: TakenBack, gaps: tuple[str, ...] = ()) -> Fleet:
    return Fleet(planned=(WOULD,), taken_back=Rollback(ended, gaps))


def says(fleet: Fleet, *arguments: str, types: str | None = None) -> Result:
    """Run the program; at a keyboard, where something is typed when it asks."""
    runner = CliRunner() if types is None else _Keyboard()
    words = ["rollback", *arguments]
    return runner.invoke(program(), words, input=types, obj=fleet.app, prog_name="ecs-logging")


def test_a_service_is_shown_asked_for_and_taken_back() -> None:
    fleet = fleet_of(BACK)

    result = says(fleet, "prod/web", types="y\n")

    assert result.exit_code == 0, result.output
    assert fleet.meant == Meant(("prod/web",))
    assert "prod/web: web:8 → web:7" in result.stderr
    assert "Suspend these services, and take them back?" in result.stderr
    assert "leaves web:8 to web:7" in result.stderr
    assert "taken back, to web:7" in result.stdout
    assert "ecs-logging resume SERVICE" in result.stdout


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_no_or_nothing_writes_nothing(answer: str) -> None:
    fleet = fleet_of(BACK)

    result = says(fleet, "prod/web", types=answer)

    assert (result.exit_code, fleet.looks) == (0, [])
    assert "not taken back: you said no" in result.stdout


def test_with_yes_nobody_is_asked() -> None:
    result = says(fleet_of(BACK), "prod/web", "--yes")

    assert result.exit_code == 0, result.output
    assert "?" not in result.stderr


def test_without_a_terminal_it_refuses() -> None:
    fleet = fleet_of(BACK)

    result = says(fleet, "prod/web")

    assert (result.exit_code, fleet.meant) == (2, None)
    assert "say --yes" in result.stderr


@pytest.mark.parametrize(
    "typed",
    [
        [],
        ["--all"],
        ["--since", "2h"],
        ["prod/web", "--all", "--since", "2h"],
        ["prod/web", "--since", "2h"],
        ["prod/web", "--all"],
    ],
)
def test_it_must_be_said_which_in_one_of_two_ways(typed: list[str]) -> None:
    fleet = fleet_of(BACK)

    result = says(fleet, *typed, "--yes")

    assert (result.exit_code, fleet.meant) == (2, None)
    assert "--all --since" in result.stderr


@pytest.mark.parametrize(
    ("written", "since"),
    [
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("90m", timedelta(minutes=90)),
        ("2027-03-31T09:30", datetime(2027, 3, 31, 9, 30, tzinfo=UTC)),
        ("2027-03-31T09:30+02:00", datetime(2027, 3, 31, 7, 30, tzinfo=UTC)),
        ("2027-03-31", datetime(2027, 3, 31, tzinfo=UTC)),
    ],
)
def test_since_is_a_span_or_a_time(written: str, since: datetime | timedelta) -> None:
    fleet = fleet_of(BACK)

    assert says(fleet, "--all", "--since", written, "--yes").exit_code == 0
    assert fleet.meant == Meant(since=since)


@pytest.mark.parametrize("written", ["yesterday", "0h", "2w", "-2h", ""])
def test_anything_else_is_a_usage_error(written: str) -> None:
    result = says(fleet_of(BACK), "--all", "--since", written, "--yes")

    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("since", "covered"),
    [
        (None, [True, True, True]),
        (timedelta(hours=2), [True, False, False]),
        (NOW - timedelta(hours=1), [True, False, False]),
        (NOW - timedelta(hours=3), [True, True, False]),
    ],
)
def test_what_is_meant_is_told_by_when_it_was_rolled(
    since: datetime | timedelta | None, covered: list[bool]
) -> None:
    rolled = [NOW - timedelta(minutes=30), NOW - timedelta(hours=3), None]

    assert [Meant(since=since).covers(at, NOW) for at in rolled] == covered


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ((BACK,), 0),
        ((TakenBack(WEB, Ending.ALREADY, None, WEB_8, WEB_7),), 0),
        ((), 0),
        ((BACK, REFUSED), 4),
        ((REFUSED,), 1),
        ((BACK, FAILED), 1),
        ((FAILED, TakenBack(WEB, Ending.NOT_BEGUN)), 1),
    ],
)
def test_the_exit_code_tells_whether_all_came_back(ended: tuple[TakenBack, ...], code: int) -> None:
    result = says(fleet_of(*ended), "--all", "--since", "2h", "--yes")

    assert result.exit_code == code, result.output


def test_no_time_at_all_has_its_own_sentence() -> None:
    result = says(fleet_of(BACK), "--all", "--since", "0h", "--yes")

    assert "0h is no time at all" in result.stderr


def test_no_variable_says_all_or_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECS_LOGGING_ALL", "true")
    monkeypatch.setenv("ECS_LOGGING_YES", "true")
    fleet = fleet_of(BACK)

    assert says(fleet, "prod/web").exit_code == 2
    assert says(fleet, "--since", "2h", types="y\n").exit_code == 2
    assert says(fleet, "prod/web", types="n\n").exit_code == 0
    assert fleet.looks == []


def test_one_that_is_back_already_is_told_to_stay_suspended() -> None:
    already = TakenBack(WEB, Ending.ALREADY, None, WEB_8, WEB_7, suspended=True)

    result = says(fleet_of(already), "prod/web", "--yes")

    assert "back already, to web:7" in result.stdout
    assert "ecs-logging resume SERVICE" in result.stdout


def test_where_only_some_stay_suspended_they_are_named() -> None:
    result = says(fleet_of(BACK, REFUSED), "prod/web", "prod/api", "--yes")

    assert "Suspended: prod/web." in result.stdout


class _BrokenOff(Fleet):
    """A fleet whose rollback a person breaks off once one service has moved, and one has not."""

    async def rollback(
        self, meant: Meant, settings: Any, policies: Any, confirm: Any, tell: Any
    ) -> Rollback:
        """Begin, and be interrupted."""
        for one in self.begun:
            tell(one)
        raise KeyboardInterrupt

    begun: tuple[Begun, ...] = ()


def test_broken_off_it_says_what_was_begun_and_how_to_go_on() -> None:
    fleet = _BrokenOff()
    fleet.begun = (Suspending(WEB), WRITE, Suspending(API))

    result = says(fleet, "prod/web", "prod/api", "--yes")

    assert (result.exit_code, result.stdout) == (130, "")
    assert "prod/web: suspended; leaves web:8" in result.stderr
    assert "prod/api: suspended; no move is known of" in result.stderr
    assert "say the same again" in result.stderr
    assert "ecs-logging resume SERVICE" in result.stderr


def test_broken_off_before_anything_was_begun_it_says_so() -> None:
    result = says(_BrokenOff(), "prod/web", "--yes")

    assert result.exit_code == 130
    assert "Nothing was begun." in result.stderr


def test_what_could_not_be_listed_is_incomplete() -> None:
    result = says(fleet_of(BACK, gaps=("eu-west-1: AccessDenied",)), "--all", "--since=2h", "--yes")

    assert result.exit_code == 4
    assert "eu-west-1: AccessDenied" in result.stdout


def test_why_a_service_stays_is_told_with_what_to_do() -> None:
    result = says(fleet_of(BACK, REFUSED), "prod/web", "prod/api", "--yes")

    assert "NotOurs" in result.stdout
    assert "Of 2 services: 1 taken back and 1 not taken back." in result.stdout


def test_programs_read_the_same() -> None:
    result = says(fleet_of(BACK, REFUSED), "prod/web", "--yes", "--output", "json")

    told = json.loads(result.stdout)
    back, refused = told["services"]
    assert (back["ending"], back["from"], back["to"], back["suspended"]) == (
        *("Back", WEB_8, WEB_7),
        True,
    )
    (write,) = back["writes"]
    assert (write["move"], write["result"], write["service"]) == ("Return", "Done", "web")
    assert (refused["ending"], refused["reason"]) == ("Refused", "NotOurs")
    as_yaml = says(fleet_of(BACK, REFUSED), "prod/web", "--yes", "--output", "yaml")
    assert YAML(typ="safe").load(as_yaml.stdout) == told
