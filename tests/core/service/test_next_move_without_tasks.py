"""A roll while the service wants no task: marked before, watched when it is scaled up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.move import Deregister, Done, MarkFailed, MarkProof, Move, Register, Roll, Wait
from controller.core.reason import Health
from controller.core.service.revision import COPY_OF, UNPROVEN, Revision, proof_tag
from tests.core.service.gates.releases import reverted, told
from tests.core.service.given import REF, ago, policy
from tests.core.service.rolls.given import broken, seen, task
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    NOT_ENFORCED,
    Scene,
    arn_of,
    family,
    history,
    inactive,
    ours,
    past,
)

PROOF = proof_tag(REF.arn)
WITHOUT_TASKS = A_DRIFTED_SERVICE.with_service(desired=0, running=0).but(
    policy=policy(allow={"scaled_to_zero": True})
)


def tagged(value: str) -> Revision:
    """Return our revision with the mark of what it has proven."""
    return replace(ours(2), tags={**ours(2).tags, PROOF: value})


def in_family(one: Revision) -> Scene:
    return WITHOUT_TASKS.but(family=family(BASE_REVISION, one))


def rolled_out(**service: Any) -> Scene:
    """Return the scene after the unproven revision was rolled out, and the service changed so."""
    scene = in_family(tagged(UNPROVEN)).set_to(tagged(UNPROVEN), started=ago(60))
    return scene.with_service(**service)


def test_a_service_that_wants_no_task_is_rolled_only_where_the_policy_says_so() -> None:
    refused = WITHOUT_TASKS.but(policy=policy()).next.step

    assert isinstance(refused, Wait)
    assert refused.reason.code == "WaitingForScaleUp"
    assert isinstance(WITHOUT_TASKS.next.step, Register)


def test_its_revision_is_marked_as_unproven_before_the_roll() -> None:
    decision = in_family(ours(2)).next

    assert decision.step == MarkProof(REF, arn_of(2), PROOF, UNPROVEN)
    assert decision.health is Health.PROGRESSING


def test_then_it_is_rolled_over_the_deployment_that_was_decided_on() -> None:
    decision = in_family(tagged(UNPROVEN)).next

    assert decision.step == Roll(REF, arn_of(2))
    assert isinstance(decision.step, Roll)
    assert decision.step.over == "ecs-svc/1"
    assert decision.health is Health.PROGRESSING


def test_a_service_with_tasks_is_rolled_without_a_mark() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, ours(2)))

    assert scene.next.step == Roll(REF, arn_of(2))


def test_one_task_is_enough_to_prove_a_roll() -> None:
    one = WITHOUT_TASKS.but(policy=policy()).with_service(desired=1, running=1)

    assert isinstance(one.next.step, Register)


def test_until_it_is_scaled_up_it_is_told_that_nothing_is_proven() -> None:
    step = rolled_out(desired=0, running=0).next.step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "Unproven"


EARNED = rolled_out(desired=1, running=1).but(tasks=seen(task(at=30)))


def test_what_its_first_tasks_have_proven_is_marked() -> None:
    step = EARNED.next.step

    assert isinstance(step, MarkProof)
    assert step.value.startswith("Proven")


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(EARNED.but(yes=NOT_ENFORCED), id="by a process that does not enforce"),
        pytest.param(
            EARNED.but(refused=frozenset[type[Move]]({MarkProof})), id="where AWS refused it"
        ),
    ],
)
def test_that_mark_is_left_out(scene: Scene) -> None:
    assert isinstance(scene.next.step, Done)


def test_other_refusals_keep_no_mark_from_being_made() -> None:
    scene = EARNED.but(refused=frozenset[type[Move]]({Deregister}))

    assert isinstance(scene.next.step, MarkProof)


# ── scaled to zero before the roll was proven ─────────────────────────────────────────────────────

EMPTIED = A_DRIFTED_SERVICE.set_to(ours(2), started=ago(9)).with_service(desired=0, running=0)


def test_a_roll_that_lost_its_tasks_is_marked_as_unproven() -> None:
    assert EMPTIED.next.step == MarkProof(REF, arn_of(2), PROOF, UNPROVEN)


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(EMPTIED.but(yes=NOT_ENFORCED), id="by a process that does not enforce"),
        pytest.param(
            EMPTIED.but(refused=frozenset[type[Move]]({MarkProof})), id="where AWS refused it"
        ),
    ],
)
def test_where_it_cannot_be_marked_it_is_told(scene: Scene) -> None:
    step = scene.next.step

    assert isinstance(step, Done)
    assert step.reason is not None
    assert step.reason.code == "Unproven"


# ── first tasks that do not run ───────────────────────────────────────────────────────────────────

BROKEN = rolled_out(desired=1, running=0).but(tasks=seen(broken("a", at=30)))


def test_a_failure_is_told_with_its_own_remedy_by_a_process_that_returns_the_service() -> None:
    decision = BROKEN.next

    assert isinstance(decision.step, MarkFailed)
    assert decision.why is not None
    assert decision.why.remedy == "Read the stopped tasks' reason."


def test_a_process_that_does_not_enforce_says_who_would_return_it() -> None:
    decision = BROKEN.but(yes=NOT_ENFORCED).next

    assert decision.why is not None
    assert decision.why.code == "NotSteady"
    assert decision.why.remedy == "This process does not return it: run one with --enforce."


# ── what is to be returned to ─────────────────────────────────────────────────────────────────────


def test_a_copy_of_an_inactive_base_is_part_of_the_roll() -> None:
    base = inactive(BASE_REVISION)
    by = policy(allow={"inactive_base": "RegisterCopy"})
    decision = A_DRIFTED_SERVICE.but(revision=base, family=family(base), policy=by).next

    assert isinstance(decision.step, Register)
    assert decision.step.tags[COPY_OF] == base.arn
    assert decision.health is Health.PROGRESSING


# ── how a service does that waits ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "health"),
    [
        pytest.param(A_DRIFTED_SERVICE.with_service(desired=0), Health.HEALTHY, id="it may wait"),
        pytest.param(
            A_DRIFTED_SERVICE.but(revision=inactive(BASE_REVISION)),
            Health.DEGRADED,
            id="it cannot be returned",
        ),
        pytest.param(
            A_DRIFTED_SERVICE.but(
                history=history(past(ours(2), "ROLLBACK_SUCCESSFUL", failed=True, revision=ours(2)))
            ),
            Health.DEGRADED,
            id="it failed before",
        ),
        pytest.param(told(reverted(2)), Health.DEGRADED, id="somebody takes the logging off again"),
    ],
)
def test_only_what_needs_a_person_is_degraded(scene: Scene, health: Health) -> None:
    assert scene.next.health is health
