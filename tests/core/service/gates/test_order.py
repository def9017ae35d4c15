"""The gates in their order: what costs nothing first, and the process's own yes near the end."""

from __future__ import annotations

import pytest

from controller.core.move import Deregister, Look, MarkFailed, Move, Register, Roll, Wait
from controller.core.pace.traffic import Traffic
from controller.core.service.gates import GATES, refusals
from controller.core.service.gates.lease import lease
from controller.core.service.gates.not_refused import not_refused
from controller.core.service.gates.process_yes import process_yes
from controller.core.service.gates.within_budget import within_budget
from controller.core.service.observed import NOT_ASKED
from tests.core.service.gates.asked import asked
from tests.core.service.scene import A_DRIFTED_SERVICE, NOT_ENFORCED, Scene

NOTHING_SEEN = {"history": NOT_ASKED, "family": NOT_ASKED, "groups": NOT_ASKED}


def said(scene: Scene) -> list[str]:
    return [
        one.reason.code if isinstance(one, Wait) else f"look at {one.part}"
        for one in refusals(scene.candidate)
    ]


def test_nothing_stands_in_the_way_of_a_service_that_has_merely_drifted() -> None:
    assert said(A_DRIFTED_SERVICE) == []


def test_a_process_that_does_not_enforce_refuses_in_its_own_words() -> None:
    assert asked(process_yes, A_DRIFTED_SERVICE.but(yes=NOT_ENFORCED)) == "AuditOnly"


@pytest.mark.parametrize(
    ("refused", "answer"),
    [
        pytest.param(frozenset[type[Move]](), None, id="nothing"),
        pytest.param(frozenset[type[Move]]({Register}), "RefusedByAws", id="registering"),
        pytest.param(frozenset[type[Move]]({Roll}), "RefusedByAws", id="rolling"),
        pytest.param(frozenset[type[Move]]({MarkFailed, Deregister}), None, id="tidying up"),
    ],
)
def test_what_aws_refused_lately_is_not_tried_again(
    refused: frozenset[type[Move]], answer: str | None
) -> None:
    assert asked(not_refused, A_DRIFTED_SERVICE.but(refused=refused)) == answer


def test_the_budget_is_asked_after_all_that_may_refuse_for_long_and_only_refuses() -> None:
    assert GATES[-2:] == (within_budget, lease)
    unseen = A_DRIFTED_SERVICE.but(traffic=Traffic(complete=False, whole=True))
    assert asked(within_budget, unseen) == "BudgetExhausted"


def test_what_costs_nothing_is_asked_before_anything_is_looked_at() -> None:
    scene = A_DRIFTED_SERVICE.with_service(controller="CODE_DEPLOY", desired=0).but(**NOTHING_SEEN)

    answers = said(scene)
    looks = [number for number, one in enumerate(answers) if one.startswith("look")]
    assert answers[:2] == ["UnsupportedController", "WaitingForScaleUp"]
    assert not any(one.startswith("look") for one in answers[: min(looks)])


@pytest.mark.parametrize("part", ["history", "family"])
def test_a_process_in_audit_still_learns_what_else_would_refuse(part: str) -> None:
    scene = A_DRIFTED_SERVICE.but(yes=NOT_ENFORCED, **{part: NOT_ASKED})

    first = next(refusals(scene.candidate))
    assert first == Look(part)


def test_every_refusal_says_what_to_do() -> None:
    wrong = (
        A_DRIFTED_SERVICE.with_service(status="DRAINING"),
        A_DRIFTED_SERVICE.with_service(desired=0),
        A_DRIFTED_SERVICE.with_service(minimum_healthy_percent=0),
        A_DRIFTED_SERVICE.with_service(deployments=()),
    )
    for scene in wrong:
        [refusal] = [one for one in refusals(scene.candidate) if isinstance(one, Wait)][:1]
        assert refusal.reason.remedy
