"""A roll starts only in a window that stays open for all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.core.move import Wait
from controller.core.policy.model import LoggingPolicy
from controller.core.service.gates.window import window
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.given import NOW, minutes, policy
from tests.core.service.scene import A_DRIFTED_SERVICE, Scene

# Now is a Sunday at 12:00. The smallest roll needs 15 minutes of patience, and 5 of baking.
NEEDED = minutes(20)


def allowing(start: str, to: str, *days: str) -> LoggingPolicy:
    times = {"start": start, "to": to, **({"days": days} if days else {})}
    return policy(rollout={"windows": ({"zone": "UTC", "allow": times},)})


def denying(start: str, to: str) -> LoggingPolicy:
    return policy(rollout={"windows": ({"zone": "UTC", "deny": {"start": start, "to": to}},)})


@pytest.mark.parametrize(
    ("by", "answer"),
    [
        pytest.param(policy(), None, id="no windows"),
        pytest.param(allowing("11:00", "13:00"), None, id="open"),
        pytest.param(allowing("11:00", "12:20"), None, id="open for just long enough"),
        pytest.param(allowing("11:00", "12:19"), "OutsideWindow", id="soon closed"),
        pytest.param(allowing("12:01", "13:00"), "OutsideWindow", id="not open yet"),
        pytest.param(allowing("11:00", "13:00", "Mon"), "OutsideWindow", id="another day"),
        pytest.param(denying("12:19", "13:00"), "OutsideWindow", id="soon denied"),
        pytest.param(denying("12:20", "13:00"), None, id="denied when all is over"),
    ],
)
def test_a_roll_starts_where_there_is_time_to_see_it_through(
    by: LoggingPolicy, answer: str | None
) -> None:
    assert asked(window, A_DRIFTED_SERVICE.but(policy=by)) == answer


def test_the_refusal_says_when_a_window_opens_that_is_long_enough() -> None:
    windows = (
        {"zone": "UTC", "allow": {"start": "12:00", "to": "12:10"}},
        {"zone": "Europe/Berlin", "allow": {"start": "22:00", "to": "24:00"}},
    )
    scene = A_DRIFTED_SERVICE.but(policy=policy(rollout={"windows": windows}))

    assert waits_until(window, scene) == NOW.replace(hour=21)
    assert "stays open for 20m; the next one opens at 2026-11-22 21:00 UTC" in told(scene)


def test_a_window_elsewhere_is_also_told_by_the_clocks_there() -> None:
    windows = ({"zone": "Europe/Berlin", "allow": {"start": "22:00", "to": "24:00"}},)
    scene = A_DRIFTED_SERVICE.but(policy=policy(rollout={"windows": windows}))

    assert "at 2026-11-22 21:00 UTC, Sun 22:00 in Europe/Berlin" in told(scene)


def test_where_no_window_is_ever_long_enough_nothing_is_waited_for() -> None:
    scene = A_DRIFTED_SERVICE.but(policy=allowing("11:00", "11:19"))

    assert waits_until(window, scene) is None
    assert "none of the policy production ever does" in told(scene)


def test_the_bake_time_of_the_policy_must_fit_as_well() -> None:
    def baking(long: timedelta) -> Scene:
        by = allowing("11:00", "13:00")
        rollout = by.rollout.model_copy(update={"bake_time": long})
        return A_DRIFTED_SERVICE.but(policy=by.model_copy(update={"rollout": rollout}))

    assert asked(window, baking(minutes(45))) is None
    assert asked(window, baking(minutes(46))) == "OutsideWindow"


def test_a_service_whose_roll_takes_long_needs_a_longer_window() -> None:
    baking = {"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 60}}
    document = {**A_DRIFTED_SERVICE.service.document, **baking}
    scene = A_DRIFTED_SERVICE.with_service(document=document)

    assert asked(window, scene.but(policy=allowing("11:00", "13:00"))) == "OutsideWindow"
    assert asked(window, scene.but(policy=allowing("11:00", "13:20"))) is None


def told(scene: Scene) -> str:
    said = window(scene.candidate)
    assert isinstance(said, Wait)
    return said.reason.message
