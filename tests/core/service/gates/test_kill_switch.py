"""The kill switch holds what has not started, by a reading that is some seconds old at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from controller.core.move import Register, Wait
from controller.core.service.gates.kill_switch import kill_switch
from controller.core.service.observed import NOT_ASKED
from controller.core.state.kill_switch import Parameter, Seen, stopped_by
from tests.core.service.gates.asked import asked
from tests.core.service.given import NOW
from tests.core.service.scene import A_DRIFTED_SERVICE

ON = Seen(NOW, stopped_by(Parameter("/stop"), "on"))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        pytest.param(NOT_ASKED, "look at kill_switch", id="not read yet"),
        pytest.param(Seen(NOW), None, id="off"),
        pytest.param(Seen(NOW - 10 * SECOND), None, id="off, ten seconds ago"),
        pytest.param(Seen(NOW - 11 * SECOND), "look at kill_switch", id="off, long ago"),
        pytest.param(Seen(NOW + SECOND), None, id="off, read since it was decided"),
        pytest.param(ON, "KillSwitch", id="on"),
        pytest.param(replace(ON, at=NOW - 11 * SECOND), "look at kill_switch", id="on, long ago"),
    ],
)
def test_nothing_starts_unless_the_switch_is_off_and_was_read_a_moment_ago(
    seen: Seen, answer: str | None
) -> None:
    assert asked(kill_switch, A_DRIFTED_SERVICE.but(kill_switch=seen)) == answer


def test_nothing_is_registered_while_it_is_on() -> None:
    step = A_DRIFTED_SERVICE.but(kill_switch=ON).next.step

    assert isinstance(A_DRIFTED_SERVICE.next.step, Register)
    assert isinstance(step, Wait)
    assert step.reason.code == "KillSwitch"
