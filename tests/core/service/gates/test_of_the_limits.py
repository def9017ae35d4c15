"""Limits to the very last: what is just within one passes, and one more does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from controller.core.document.json import Json
from controller.core.service.deployment import SPAN, History
from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.family import family as family_gate
from controller.core.service.gates.registrations import registrations
from controller.core.service.gates.scaled_up import scaled_up
from controller.core.service.gates.settled import settled
from controller.core.service.gates.size import size
from controller.core.service.registration import MAX_BYTES, body_size
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.gates.releases import HOUR, released, told
from tests.core.service.given import NOW, ago, container, minutes, policy, task_definition
from tests.core.service.scene import A_DRIFTED_SERVICE, BASE_REVISION, Scene, family, ours, revision

# ── bytes ─────────────────────────────────────────────────────────────────────────────────────────


def of_bytes(number: int) -> Scene:
    """Return a service whose corrected document has so many bytes."""

    def padded(length: int) -> Scene:
        padding: Json = [{"name": "PADDING", "value": "x" * length}]
        document = task_definition(container(environment=padding))
        return A_DRIFTED_SERVICE.but(revision=revision(1, document))

    return padded(number - body_size(padded(0).candidate.body))


@pytest.mark.parametrize(
    ("number", "withheld", "answer"),
    [
        pytest.param(MAX_BYTES, 0, None, id="[4.7] 64 KiB"),
        pytest.param(MAX_BYTES + 1, 0, "TooLarge", id="a byte more"),
        pytest.param(MAX_BYTES - 9, 9, None, id="and what was withheld"),
        pytest.param(MAX_BYTES - 9, 10, "TooLarge", id="and a byte more of that"),
    ],
)
def test_a_document_may_have_64_kib_with_all_that_was_withheld(
    number: int, withheld: int, answer: str | None
) -> None:
    scene = of_bytes(number)
    whole = replace(scene.revision, withheld=withheld)

    assert asked(size, scene.but(revision=whole)) == answer


# ── moments ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("age", "answer"),
    [
        pytest.param(59.9, "RegistrationLimit", id="within the hour"),
        pytest.param(60, None, id="an hour ago"),
    ],
)
def test_a_registration_counts_for_an_hour(age: float, answer: str | None) -> None:
    old, new = (ours(n, registeredAt=ago(at).timestamp(), cpu="9") for n, at in ((2, age), (3, 1)))

    assert asked(registrations, A_DRIFTED_SERVICE.but(family=family(old, new))) == answer


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        pytest.param(SPAN, None, id="all of the 14 days"),
        pytest.param(SPAN - timedelta(seconds=1), "Unknown", id="a second less"),
    ],
)
def test_what_undid_us_is_known_where_14_days_were_read(
    read: timedelta, answer: str | None
) -> None:
    scene = told(released(1), every=HOUR)
    assert isinstance(scene.history, History)
    known = replace(scene.history, revisions_since=NOW - read)

    assert asked(conflict, scene.but(history=known)) == answer


def test_a_release_that_the_history_does_not_end_settles_since_ecs_last_changed_it() -> None:
    scene = told(released(1), last=ago(30))
    assert isinstance(scene.history, History)
    newest, *older = scene.history.deployments
    unended = replace(scene.history, deployments=(replace(newest, finished_at=None), *older))
    updated = replace(scene.service.deployments[0], updated_at=ago(4))
    seen = scene.but(history=unended).with_service(deployments=(updated,))

    assert asked(settled, seen) == "Settling"
    assert waits_until(settled, seen) == NOW + minutes(6)


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reaches", "answer"),
    [
        pytest.param(1, None, id="to the base"),
        pytest.param(2, "Unknown", id="not to the base"),
    ],
)
def test_a_family_is_known_where_it_was_read_down_to_the_base(
    reaches: int, answer: str | None
) -> None:
    read = family(ours(2), BASE_REVISION, reaches=reaches)

    assert asked(family_gate, A_DRIFTED_SERVICE.but(family=read)) == answer


ALLOWED = policy(allow={"scaled_to_zero": True, "code_deploy": True})


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        pytest.param({"desired": 1}, None, id="one task"),
        pytest.param({"desired": 0}, None, id="none, and the policy lets it"),
        pytest.param(
            {"desired": 0, "controller": "CODE_DEPLOY"},
            "WaitingForScaleUp",
            id="none, and nobody could watch what CodeDeploy does",
        ),
        pytest.param(
            {"desired": 1, "controller": "CODE_DEPLOY"}, None, id="CodeDeploy's, with one"
        ),
    ],
)
def test_a_roll_is_proven_by_one_task_or_later(
    service: dict[str, object], answer: str | None
) -> None:
    assert asked(scaled_up, A_DRIFTED_SERVICE.but(policy=ALLOWED).with_service(**service)) == answer


def test_without_the_policys_word_one_task_is_needed() -> None:
    assert asked(scaled_up, A_DRIFTED_SERVICE.with_service(desired=1)) is None
    assert asked(scaled_up, A_DRIFTED_SERVICE.with_service(desired=0)) == "WaitingForScaleUp"
