"""A correction from its first look to its end: what AWS shows is the only state."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.document.json import Json
from controller.core.move import Done, Look, Register, RememberUnknownMember, Roll, Wait
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Health
from controller.core.service.observed import NOT_ASKED
from controller.core.service.registration import content_digest
from controller.core.service.revision import BASE, DIGEST, MANAGED_BY, Revision
from controller.core.state.model import ClusterState
from tests.core.service.given import (
    CORRECTED,
    NOW,
    REF,
    SIBLING,
    ago,
    awslogs,
    container,
    logging_by,
    minutes,
    policy,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    NOT_ENFORCED,
    Scene,
    arn_of,
    damaged,
    family,
    history,
    inactive,
    marked,
    ours,
    past,
    revision,
)

REGISTERED = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, ours(2)))
OURS = past(ours(2), "IN_PROGRESS", created_at=ago(1), finished_at=None)
SUCCEEDED = past(ours(2), created_at=ago(8), finished_at=ago(4))


def rolling(*, started: float = 1, **how: Any) -> Scene:
    """Return the scene after the roll to our revision was started, so many minutes ago."""
    scene = REGISTERED.set_to(ours(2), started=ago(started), **{"state": "IN_PROGRESS", **how})
    return scene.but(history=history(OURS, past(BASE_REVISION)))


def completed(*, minutes_ago: float) -> Scene:
    """Return the scene after our roll has completed, so many minutes ago."""
    done = past(ours(2), created_at=ago(minutes_ago + 3), finished_at=ago(minutes_ago))
    scene = REGISTERED.set_to(ours(2), started=ago(minutes_ago + 3), updated=ago(minutes_ago))
    return scene.but(history=history(done, past(BASE_REVISION)))


def reason_of(scene: Scene) -> str | None:
    """Return why the service waits or is done; None where it is simply done."""
    step = scene.next.step
    assert isinstance(step, Wait | Done), step
    return None if step.reason is None else step.reason.code


# ── from drift to done ────────────────────────────────────────────────────────────────────────────


def test_a_drifted_service_is_looked_at_part_by_part() -> None:
    scene = A_DRIFTED_SERVICE.but(family=NOT_ASKED, history=NOT_ASKED, groups=NOT_ASKED)
    looks = []
    while isinstance(step := scene.next.step, Look):
        looks.append(step.part)
        scene = scene.but(**{step.part: getattr(A_DRIFTED_SERVICE, step.part)})

    assert looks == ["family", "history", "groups"]
    assert isinstance(scene.next.step, Register)


def test_then_its_corrected_document_is_registered_with_tags_that_make_it_ours() -> None:
    decision = A_DRIFTED_SERVICE.next

    assert isinstance(decision.step, Register)
    assert decision.step.document == CORRECTED
    assert decision.step.tags[BASE] == arn_of(1)
    assert decision.step.tags[MANAGED_BY] == "main"
    assert decision.step.tags["team"] == "shop"
    assert decision.step.tags[DIGEST] == content_digest(CORRECTED)
    assert decision.health is Health.PROGRESSING


def test_then_the_service_is_rolled_to_it() -> None:
    assert REGISTERED.next.step == Roll(REF, arn_of(2))


def test_then_the_roll_is_watched() -> None:
    step = rolling().next.step

    assert isinstance(step, Wait)
    assert step.reason.code == "RollingOut"
    assert step.until is not None
    assert NOW < step.until <= NOW + minutes(1)


def test_then_it_is_baked_and_looked_at_when_the_bake_is_over() -> None:
    scene = completed(minutes_ago=4.99)
    step = scene.next.step

    assert isinstance(step, Wait)
    assert step.until == ago(4.99) + minutes(5)


def test_then_it_is_done() -> None:
    scene = completed(minutes_ago=5)

    assert scene.next.step == Done()
    assert scene.next.health is Health.HEALTHY


def test_a_service_that_is_as_the_policy_says_is_done_without_a_look() -> None:
    scene = A_DRIFTED_SERVICE.but(revision=revision(1, CORRECTED), family=NOT_ASKED)

    assert scene.next.step == Done()


# ── what keeps it from being done ─────────────────────────────────────────────────────────────────


def test_a_policy_in_audit_never_registers_nor_rolls() -> None:
    audit = policy(mode="Audit", rules={"delivery-mode": {"mode": "Enforce"}})

    scene = A_DRIFTED_SERVICE.but(policy=audit, family=NOT_ASKED, history=NOT_ASKED)
    assert reason_of(scene) == "AuditOnly"
    assert scene.but(first_look=True).next.step == Look("family")
    assert not isinstance(REGISTERED.but(policy=audit).next.step, Register | Roll)


def test_a_process_in_audit_never_registers_nor_rolls() -> None:
    assert reason_of(A_DRIFTED_SERVICE.but(yes=NOT_ENFORCED)) == "AuditOnly"
    assert reason_of(REGISTERED.but(yes=NOT_ENFORCED)) == "AuditOnly"


def test_a_rule_in_audit_is_not_rolled_out_beside_one_in_enforce() -> None:
    bare = revision(
        1, task_definition(container(logConfiguration=awslogs(mode="blocking", tag="t")))
    )
    by = policy(rules={"awslogs-options": {"mode": "Audit"}})
    step = A_DRIFTED_SERVICE.but(policy=by, revision=bare).next.step

    assert isinstance(step, Register)
    assert step.document == task_definition(container(logConfiguration=awslogs(tag="t")))


def test_what_is_refused_is_done_for_us_and_says_why() -> None:
    through = revision(1, task_definition(container(logConfiguration=logging_by("awsfirelens"))))

    assert reason_of(A_DRIFTED_SERVICE.but(revision=through)) == "RouterInUse"


def test_what_failed_before_leaves_the_service_degraded() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, inactive(marked(ours(2)))))

    assert reason_of(scene) == "HeldAfterFailure"
    assert scene.next.health is Health.DEGRADED


def test_a_document_that_is_not_wholly_known_is_not_written() -> None:
    twice = revision(1, task_definition(container("web"), container("web"), container("app")))

    assert reason_of(A_DRIFTED_SERVICE.but(revision=twice)) == "Unknown"


# ── a revision of ours that is there already ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(ours(2, base=7), id="made from another base"),
        pytest.param(
            ours(2, registeredBy="arn:aws:iam::111122223333:user/pipeline"), id="cloned by another"
        ),
    ],
)
def test_a_revision_that_only_looks_like_ours_is_not_rolled(one: Revision) -> None:
    scene = REGISTERED.but(family=family(BASE_REVISION, one))

    assert not isinstance(scene.next.step, Roll)


def test_services_share_a_revision_of_equal_base_and_document() -> None:
    wanted_by_both = Sighting(SIBLING, "production", in_flight=False, uses=frozenset({arn_of(2)}))
    traffic = Traffic(complete=True, whole=True, sightings={SIBLING: wanted_by_both})

    assert REGISTERED.but(traffic=traffic).next.step == Roll(REF, arn_of(2))


def test_a_sibling_tries_what_failed_elsewhere_for_itself() -> None:
    scene = REGISTERED.but(family=family(BASE_REVISION, marked(ours(2), SIBLING)))

    assert scene.next.step == Roll(REF, arn_of(2))


def test_a_damaged_revision_is_remembered_and_never_rolled() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, inactive(damaged(ours(2)))))

    assert scene.next.step == RememberUnknownMember(REF.cluster_ref, arn_of(2))
    state = {REF.cluster_ref: ClusterState(unknown_member=f"{BASE_REVISION.family}:2")}
    assert reason_of(scene.but(state=state)) == "UnknownMember"


# ── a process that was killed ─────────────────────────────────────────────────────────────────────


def test_a_process_killed_after_registering_rolls_what_it_registered() -> None:
    scene = REGISTERED.but(first_look=True, family=NOT_ASKED)

    assert scene.next.step == Look("family")
    assert scene.but(family=REGISTERED.family).next.step == Roll(REF, arn_of(2))


def test_a_process_killed_within_a_roll_goes_on_watching() -> None:
    scene = rolling().but(history=NOT_ASKED, first_look=True)

    assert scene.next.step == Look("history")


def test_a_restart_without_enforcement_goes_on_watching() -> None:
    assert reason_of(rolling().but(yes=NOT_ENFORCED)) == "RollingOut"
    assert rolling().but(yes=NOT_ENFORCED).next.health is Health.DEGRADED


@pytest.mark.parametrize("document", [CORRECTED, CORRECTED | {"memberOfTomorrow": {"x": [1]}}])
def test_a_member_that_nobody_knows_is_registered_again(document: dict[str, Json]) -> None:
    drifted = document | task_definition(container(logConfiguration=awslogs(mode="blocking")))
    step = A_DRIFTED_SERVICE.but(revision=revision(1, drifted)).next.step

    assert isinstance(step, Register)
    assert step.document == document
