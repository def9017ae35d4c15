"""What all gates say at once: the same as they say in turn, with what each of them sees to."""

from __future__ import annotations

import pytest

from controller.core.move import Look, Wait
from controller.core.service.gates import GATES, answers, must, refusals
from controller.core.service.gates.interruption import interruption
from controller.core.service.gates.steady import steady
from controller.core.service.observed import NOT_ASKED
from tests.core.service.gates.asked import asked
from tests.core.service.scene import A_DRIFTED_SERVICE, NOT_ENFORCED, Scene

SCENES = {
    "merely drifted": A_DRIFTED_SERVICE,
    "in audit": A_DRIFTED_SERVICE.but(yes=NOT_ENFORCED),
    "scaled to zero": A_DRIFTED_SERVICE.with_service(desired=0, running=0),
    "not looked at": A_DRIFTED_SERVICE.but(history=NOT_ASKED, family=NOT_ASKED, groups=NOT_ASKED),
    "CodeDeploy's": A_DRIFTED_SERVICE.with_service(controller="CODE_DEPLOY", deployments=()),
}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_gate_answers_and_what_refuses_is_what_refuses_in_turn(scene: Scene) -> None:
    told = answers(scene.candidate)

    assert [one.gate for one in told] == [gate.__name__ for gate in GATES]
    assert [one.said for one in told if one.said is not None] == [*refusals(scene.candidate)]


def test_a_gate_that_holds_does_not_silence_those_behind_it() -> None:
    scene = A_DRIFTED_SERVICE.with_service(desired=0, running=0).but(yes=NOT_ENFORCED)

    held = {one.gate for one in answers(scene.candidate) if isinstance(one.said, Wait)}
    assert held == {"scaled_up", "process_yes"}


def test_a_gate_that_must_know_more_says_what() -> None:
    told = {one.gate: one.said for one in answers(SCENES["not looked at"].candidate)}

    assert told["family"] == Look("family")
    assert told["cooldown"] == Look("history")


def test_every_gate_says_what_it_sees_to_in_a_sentence_of_its_own() -> None:
    sentences = [must(gate) for gate in GATES]

    assert [one for one in sentences if not one.endswith(".")] == []
    assert len({*sentences}) == len(GATES)


def test_where_no_task_is_desired_none_can_be_interrupted() -> None:
    assert asked(interruption, A_DRIFTED_SERVICE.with_service(desired=0, running=0)) is None


def test_a_service_without_a_primary_deployment_is_told_to_have_none() -> None:
    said = steady(A_DRIFTED_SERVICE.with_service(deployments=()).candidate)

    assert isinstance(said, Wait)
    assert said.reason.message == "ECS shows no PRIMARY deployment of it"
