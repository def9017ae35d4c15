"""What the kill switch is written as, and what it says."""

from __future__ import annotations

import pytest

from controller.core.state.kill_switch import (
    Parameter,
    Place,
    StoredObject,
    place_of,
    stopped_by,
    unreadable,
)

PLACE = Parameter("/logging/stop")


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("ssm:/logging/stop", Parameter("/logging/stop")),
        ("ssm:stop", Parameter("stop")),
        ("s3://ops/stop", StoredObject("ops", "stop")),
        ("s3://ops.eu-1/a/b c.txt", StoredObject("ops.eu-1", "a/b c.txt")),
        ("", None),
        ("off", None),
        ("ssm:", None),
        ("ssm:/", None),
        ("ssm:/a b", None),
        ("ssm:/a\n", None),
        ("SSM:/a", None),
        ("s3:ops/stop", None),
        ("s3://ops", None),
        ("s3://ops/", None),
        ("s3://OPS/stop", None),
        ("https://ops/stop", None),
    ],
)
def test_a_place_is_a_parameter_or_an_object(written: str, place: Place | None) -> None:
    assert place_of(written) == place
    assert place is None or str(place) == written


@pytest.mark.parametrize("said", ["off", "OFF", "Off", " off\n", "\toff  "])
def test_off_lets_rolls_start_however_it_is_written(said: str) -> None:
    assert stopped_by(PLACE, said) is None


@pytest.mark.parametrize("said", [None, "", "on", "offf", "off off", "false", "0", "no", "0ff"])
def test_anything_else_stops_them(said: str | None) -> None:
    stops = stopped_by(PLACE, said)

    assert stops is not None
    assert stops.code == "KillSwitch"
    assert stops.remedy


def test_what_it_says_is_not_repeated() -> None:
    stops = stopped_by(PLACE, "hunter2")

    assert stops is not None
    assert "hunter2" not in f"{stops.message}{stops.remedy}"


def test_a_switch_that_cannot_be_read_stops_them() -> None:
    stops = unreadable(PLACE, "GetParameter: AccessDenied: no")

    assert stops.code == "KillSwitch"
    assert "ssm:/logging/stop could not be read: GetParameter" in stops.message
