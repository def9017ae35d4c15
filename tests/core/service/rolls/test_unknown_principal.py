"""A roll by a role that may have been ours: it is told of as long as it may fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.move import Look, Wait
from controller.core.reason import Health
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import MANAGED_BY, Revision
from tests.core.service.given import ago
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    NOT_ENFORCED,
    UNREADABLE,
    Scene,
    arn_of,
    damaged,
    history,
    ours,
    past,
    revision,
)

FORMER = "arn:aws:sts::111122223333:assumed-role/former"
BY_FORMER = ours(2, registeredBy=f"{FORMER}/session")


def rolled(one: Revision = BY_FORMER, *, started: float = 20, **how: str) -> Scene:
    """Return the scene after somebody rolled the service to a revision, so many minutes ago."""
    return A_DRIFTED_SERVICE.set_to(one, started=ago(started), **how)


def told(scene: Scene) -> str | None:
    step = scene.next.step
    return step.reason.code if isinstance(step, Wait) else None


@pytest.mark.parametrize("state", ["IN_PROGRESS", "COMPLETED", "FAILED"])
@pytest.mark.parametrize("enforced", [True, False], ids=["enforced", "audited"])
def test_as_long_as_it_may_fail_the_service_is_degraded(state: str, *, enforced: bool) -> None:
    scene = rolled(state=state)
    scene = scene if enforced else scene.but(yes=NOT_ENFORCED)

    assert told(scene) == "UnknownPrincipal"
    assert scene.next.health is Health.DEGRADED


def test_the_role_and_the_option_are_named() -> None:
    step = rolled().next.step

    assert isinstance(step, Wait)
    assert FORMER in step.reason.message
    assert "session" not in step.reason.message
    assert f"--former-principal {FORMER}" in str(step.reason.remedy)


def test_a_role_that_we_know_is_not_warned_of() -> None:
    assert told(rolled(ours(2))) != "UnknownPrincipal"


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(revision(2), id="it bears no tags"),
        pytest.param(damaged(BY_FORMER), id="its digest does not recompute"),
        pytest.param(
            replace(BY_FORMER, tags={**BY_FORMER.tags, MANAGED_BY: "another"}), id="another's tags"
        ),
        pytest.param(
            replace(BY_FORMER, document={**BY_FORMER.document, "registeredBy": None}), id="nobody's"
        ),
    ],
)
def test_what_cannot_have_been_ours_is_not_warned_of(one: Revision) -> None:
    assert told(rolled(one)) != "UnknownPrincipal"


def test_what_is_long_over_is_not_warned_of() -> None:
    assert told(rolled(started=3_000)) is None


def test_how_the_service_came_to_it_is_looked_at() -> None:
    assert rolled().but(history=NOT_ASKED).next.step == Look("history")
    assert told(rolled().but(history=UNREADABLE)) == "UnknownPrincipal"


@pytest.mark.parametrize("came_from", [arn_of(7), BY_FORMER.arn, None])
def test_what_did_not_lead_from_its_base_is_no_roll_of_ours(came_from: str | None) -> None:
    newest = past(BY_FORMER, came_from=came_from)
    scene = rolled().but(history=history(newest, past(BASE_REVISION)))

    assert told(scene) != "UnknownPrincipal"


def test_nor_is_what_is_not_listed() -> None:
    assert told(rolled().but(history=history())) != "UnknownPrincipal"
