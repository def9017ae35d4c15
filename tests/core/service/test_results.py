"""What became of our rolls: from the history, from the PRIMARY deployment, from the marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from controller.core.pace.traffic import RollResult
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import (
    GONE_BACK,
    MANAGED_BY,
    POLICY_DIGEST,
    UNPROVEN,
    Revision,
    failure_tag,
    proof_tag,
)
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.phases import NotOurs
from controller.core.service.rolls.results import roll_results
from tests.core.service.given import REF, SIBLING, ago, minutes
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    family,
    history,
    ours,
    past,
    revision,
)


def tagged(one: Revision, key: str, value: str) -> Revision:
    return replace(one, tags={**one.tags, key: value})


TWO = tagged(ours(2), POLICY_DIGEST, "0123456789abcdef")
RELEASE = revision(3)
BAKE = minutes(5)


def rolls(scene: Scene) -> tuple[RollResult, ...]:
    """Return what is told of our rolls of the service."""
    observed = scene.candidate.observed
    return roll_results(observed, phase(observed, scene.policy.rollout, scene.now), BAKE)


def outcomes(scene: Scene) -> list[str]:
    return [
        "failed" if one.failed else "succeeded" if one.ended else "open" for one in rolls(scene)
    ]


def rolled(one: Revision, status: str = "SUCCESSFUL", *, at: float = 100, **more: object) -> object:
    """Return the roll to a revision of ours, that began and ended so many minutes ago."""
    stated = {"created_at": ago(at), "finished_at": ago(at - 5), "revision": one}
    return past(one, status, **{**stated, **more})


def marked(one: Revision, at: datetime, told: str = "DeploymentFailed") -> Revision:
    """Return the revision with the mark that it failed at that moment."""
    when = f"{told} {at:%Y-%m-%dT%H:%M:%SZ}"
    return tagged(one, failure_tag(REF.arn), when)


def before(*deployments: object, **changes: object) -> Scene:
    """Return a service at rest on its base, with such a history, newest first."""
    return A_DRIFTED_SERVICE.but(history=history(*deployments), **changes)  # type: ignore[arg-type]


HOME = past(BASE_REVISION, created_at=ago(50), finished_at=ago(45), came_from=TWO.arn)


@pytest.mark.parametrize(
    ("scene", "told"),
    [
        pytest.param(before(), [], id="none"),
        pytest.param(before(past(BASE_REVISION)), [], id="a release"),
        pytest.param(
            before(HOME, rolled(TWO, "ROLLBACK_SUCCESSFUL", failed=True)), ["failed"], id="by ECS"
        ),
        pytest.param(before(HOME, rolled(TWO)), ["open"], id="by a person, after it completed"),
        pytest.param(
            before(HOME, rolled(TWO, "STOPPED", failed=True)),
            ["open"],
            id="by a person, while it went on",
        ),
        pytest.param(
            before(HOME, rolled(marked(TWO, ago(96)), "STOPPED", failed=True)),
            ["failed"],
            id="by us, while it went on",
        ),
        pytest.param(before(HOME, rolled(marked(TWO, ago(96)))), ["failed"], id="by us, later"),
        pytest.param(
            before(HOME, rolled(TWO, "STOPPED", failed=True, breaker="TRIGGERED")),
            ["failed"],
            id="given up by the circuit breaker, and nobody has marked it",
        ),
        pytest.param(
            before(HOME, rolled(TWO, "STOPPED", failed=True, alarms="TRIGGERED")),
            ["failed"],
            id="an alarm went off",
        ),
        pytest.param(
            before(HOME, rolled(marked(TWO, ago(40), GONE_BACK), "STOPPED", failed=True)),
            ["open"],
            id="marked as no more than gone back from",
        ),
        pytest.param(
            before(past(RELEASE, created_at=ago(80)), rolled(TWO)),
            ["succeeded"],
            id="released over",
        ),
        pytest.param(
            before(past(RELEASE, created_at=ago(94)), rolled(TWO)), ["open"], id="not yet baked"
        ),
        pytest.param(
            before(past(RELEASE, created_at=ago(98)), rolled(TWO, "STOPPED")),
            ["open"],
            id="overtaken by a release",
        ),
        pytest.param(before(past(RELEASE, failed=True, revision=RELEASE)), [], id="of others"),
        pytest.param(
            before(past(TWO, revision=None, failed=True), family=family(BASE_REVISION)),
            [],
            id="unreadable",
        ),
    ],
)
def test_the_history_tells_how_rolls_ended(scene: Scene, told: list[str]) -> None:
    assert outcomes(scene) == told


@pytest.mark.parametrize("state", ["IN_PROGRESS", "COMPLETED", "FAILED"])
def test_the_roll_that_goes_on_is_as_its_phase(state: str) -> None:
    expected = {"IN_PROGRESS": "open", "COMPLETED": "open", "FAILED": "failed"}

    assert outcomes(A_DRIFTED_SERVICE.set_to(TWO, started=ago(1), state=state)) == [expected[state]]


def test_a_roll_has_succeeded_when_it_has_baked_and_says_under_which_policies() -> None:
    scene = A_DRIFTED_SERVICE.set_to(TWO, started=ago(12), updated=ago(10))

    assert rolls(scene) == (RollResult(ago(12), ago(10), failed=False, under="0123456789abcdef"),)


def test_long_after_it_nobody_reads_the_history_any_more() -> None:
    scene = A_DRIFTED_SERVICE.set_to(TWO, started=ago(900), updated=ago(890))

    for unread in (NOT_ASKED, UNREADABLE):
        told = rolls(scene.but(history=unread))
        assert told == (RollResult(ago(900), ago(890), failed=False, under="0123456789abcdef"),)


@pytest.mark.parametrize("status", ["SUCCESSFUL", "STOPPED"])
def test_where_marks_are_refused_whoever_went_back_may_have_been_us(status: str) -> None:
    observed = before(HOME, rolled(TWO, status)).candidate.observed

    [told] = roll_results(observed, NotOurs(), BAKE, unmarked=True)
    assert told.failed


def test_what_was_deployed_by_others_is_no_roll_of_ours() -> None:
    anew = past(TWO, came_from=RELEASE.arn, revision=TWO)
    foreign = tagged(TWO, MANAGED_BY, "another")

    assert outcomes(before(anew)) == []
    assert outcomes(before(rolled(foreign))) == []


def test_a_mark_tells_of_a_failure_that_the_history_does_not() -> None:
    seen = family(BASE_REVISION, marked(TWO, ago(30)))

    assert rolls(A_DRIFTED_SERVICE.but(history=NOT_ASKED, family=seen)) == (
        RollResult(ago(30), ago(30), failed=True, under="0123456789abcdef"),
    )


def test_a_mark_and_the_history_tell_of_one_failure() -> None:
    failed = marked(TWO, ago(96))

    [one] = rolls(before(HOME, rolled(failed), family=family(BASE_REVISION, failed)))
    assert (one.at, one.failed) == (ago(100), True)


def test_a_mark_tells_nothing_of_a_later_roll_of_the_same_revision() -> None:
    failed = marked(TWO, ago(96))
    again = rolled(failed, at=40)
    scene = before(past(RELEASE, created_at=ago(10)), again, HOME, rolled(failed))

    assert outcomes(scene) == ["failed", "succeeded"]


@pytest.mark.parametrize("value", ["DeploymentFailed", "DeploymentFailed yesterday", ""])
def test_a_mark_without_a_moment_says_nothing_of_when(value: str) -> None:
    seen = family(BASE_REVISION, tagged(TWO, failure_tag(REF.arn), value))

    assert rolls(A_DRIFTED_SERVICE.but(history=NOT_ASKED, family=seen)) == ()


def test_the_mark_of_another_service_is_not_ours() -> None:
    theirs = tagged(TWO, failure_tag(SIBLING.arn), "DeploymentFailed 2026-11-22T11:00:00Z")

    assert rolls(A_DRIFTED_SERVICE.but(history=NOT_ASKED, family=family(theirs))) == ()


def test_a_roll_without_a_task_has_proven_nothing() -> None:
    unproven = tagged(TWO, proof_tag(REF.arn), UNPROVEN)

    assert outcomes(before(past(RELEASE, created_at=ago(80)), rolled(unproven))) == ["open"]


def test_a_roll_that_lost_its_tasks_before_it_was_proven_is_open() -> None:
    scene = A_DRIFTED_SERVICE.set_to(TWO, started=ago(9))

    assert outcomes(scene) == ["succeeded"]
    assert outcomes(scene.with_service(desired=0, running=0)) == ["open"]
