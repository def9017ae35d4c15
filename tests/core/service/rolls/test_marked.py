"""A roll that is marked as failed: it has, until the service is returned from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from controller.core.service.revision import GONE_BACK, Revision, failure_tag
from tests.core.service.given import REF, SIBLING, ago
from tests.core.service.rolls.given import TWO, kind_of, rolling
from tests.core.service.scene import A_DRIFTED_SERVICE, UNREADABLE, Scene


def marked_at(at: datetime, *, of: str = REF.arn, told: str = "NotSteady") -> Revision:
    """Return our revision with a mark of that moment."""
    return replace(TWO, tags={**TWO.tags, failure_tag(of): f"{told} {at:%Y-%m-%dT%H:%M:%SZ}"})


def rolled(at: float) -> Scene:
    """Return our roll so many minutes after its start; it has completed, and all tasks run."""
    return A_DRIFTED_SERVICE.set_to(TWO, started=ago(at))


@pytest.mark.parametrize("at", [8, 60, 10_000], ids=["in the bake", "after it", "days after"])
def test_a_roll_that_was_marked_since_its_start_has_failed(at: float) -> None:
    assert kind_of(rolled(at).but(revision=marked_at(ago(at - 1)))) == "Failed"


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(marked_at(ago(61)), id="before: a person has approved another roll"),
        pytest.param(marked_at(ago(50), of=SIBLING.arn), id="of a sibling"),
        pytest.param(marked_at(ago(50), told=GONE_BACK), id="that says no more than gone back"),
        pytest.param(
            replace(TWO, tags={**TWO.tags, failure_tag(REF.arn): "NotSteady"}), id="without a time"
        ),
    ],
)
def test_another_mark_says_nothing_of_this_roll(one: Revision) -> None:
    assert kind_of(rolled(60).but(revision=one)) == "Proven"


def test_one_that_goes_on_and_is_marked_has_failed() -> None:
    scene = rolling(started=3, running=1).but(revision=marked_at(ago(1)))

    assert kind_of(scene) == "Failed"


def test_one_that_ecs_takes_back_already_is_not_returned_besides() -> None:
    scene = rolling(started=3, status="ROLLBACK_IN_PROGRESS")

    assert kind_of(scene.but(revision=marked_at(ago(1)))) == "GoingBack"


def test_what_others_deployed_since_is_theirs() -> None:
    forced = rolling(started=3, came_from="arn:elsewhere", state="COMPLETED", running=2)

    assert kind_of(forced.but(revision=marked_at(ago(1)))) == "Overtaken"


def test_it_is_returned_though_the_history_may_not_be_read() -> None:
    assert kind_of(rolled(60).but(revision=marked_at(ago(50)), history=UNREADABLE)) == "Failed"
