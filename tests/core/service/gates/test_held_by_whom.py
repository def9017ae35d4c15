"""What is held of a patch that another instance tried, or that somebody went back from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.move import Wait
from controller.core.service.gates.held import held
from controller.core.service.revision import GONE_BACK, MANAGED_BY, Revision
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.gates.test_held import (
    BY_ANOTHER,
    DAY,
    FAILED_TWO_DAYS_AGO,
    RELEASE,
    marked_at,
    on,
    rolled_back,
)
from tests.core.service.scene import (
    BASE_REVISION,
    Scene,
    arn_of,
    family,
    inactive,
    ours,
    past,
    revision,
)


def of_another_instance(**shown: Any) -> Revision:
    """Return what another instance of this controller made, by a role of its own."""
    one = ours(2, registeredBy=BY_ANOTHER, **shown)
    return replace(one, tags={**one.tags, MANAGED_BY: "another"})


def test_a_mark_that_a_pipeline_has_cloned_to_its_own_document_holds_nothing() -> None:
    cloned = marked_at(ours(2, registeredBy=BY_ANOTHER, cpu="512"), FAILED_TWO_DAYS_AGO)

    assert asked(held, on(BASE_REVISION, family=family(BASE_REVISION, cloned))) is None


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(
            on(
                BASE_REVISION,
                family=family(
                    BASE_REVISION, inactive(marked_at(of_another_instance(), FAILED_TWO_DAYS_AGO))
                ),
            ),
            id="its mark",
        ),
        pytest.param(on(BASE_REVISION, rolled_back(of_another_instance(), DAY)), id="history"),
    ],
)
def test_a_failure_is_one_whichever_instance_of_the_controller_tried(scene: Scene) -> None:
    assert asked(held, scene) == "HeldAfterFailure"


def test_what_a_pipeline_made_of_anothers_revision_is_not_its_try() -> None:
    cloned = rolled_back(of_another_instance(cpu="512"), DAY)

    assert asked(held, on(BASE_REVISION, cloned)) is None


def test_beside_a_failure_what_was_gone_back_from_counts_as_another() -> None:
    failed = rolled_back(ours(2), 40 * DAY)
    tried = past(ours(5, base=3), revision=ours(5, base=3), came_from=RELEASE.arn)
    scene = on(revision(7), past(RELEASE, came_from=arn_of(5)), tried, failed)

    assert asked(held, on(revision(7), failed)) is None
    assert asked(held, scene) == "HeldAfterFailure"
    assert waits_until(held, scene) is None


@pytest.mark.parametrize(
    ("one", "told"),
    [
        pytest.param(ours(2), "it failed, or was not wanted", id="nobody marked it"),
        pytest.param(
            marked_at(ours(2), f"{GONE_BACK} 2026-11-20T12:00:00Z"),
            "it failed, or was not wanted",
            id="marked as gone back from",
        ),
        pytest.param(
            marked_at(ours(2), FAILED_TWO_DAYS_AGO), "failed on this service", id="we marked it"
        ),
    ],
)
def test_what_was_stopped_by_whomever_is_held_and_the_doubt_is_told(
    one: Revision, told: str
) -> None:
    stopped = past(one, "STOPPED", failed=True, revision=one)
    said = held(on(BASE_REVISION, stopped).candidate)

    assert isinstance(said, Wait)
    assert said.reason.code == "HeldAfterFailure"
    assert told in said.reason.message
