"""What holds a deployment by CodeDeploy back, and what it is asked for in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.move import Deploy, Look, MarkFailed, Redeploy, Wait
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Reason
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.app_spec import Unusable, sha256_of
from controller.core.service.code_deploy.deploy import redeploy
from controller.core.service.gates.code_deploy import code_deploy
from controller.core.service.gates.supported import supported
from controller.core.service.next_move import next_move
from controller.core.service.observed import NOT_ASKED, Observed
from controller.core.service.revision import Revision
from tests.core.service.code_deploy.scene import by_code_deploy, content, group, made, seen
from tests.core.service.given import ago, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    UNREADABLE,
    marked,
    ours,
    revision,
)

BASE, OURS = revision(1), ours(2)
ALLOWED = policy(allow={"code_deploy": True})
AT_REST = by_code_deploy(BASE)
RAN = group(made(BASE))


def candidate(observed: Observed, by: LoggingPolicy = ALLOWED) -> Candidate:
    """Return the service as the gates are asked about it."""
    scene = A_DRIFTED_SERVICE.but(policy=by, revision=observed.revision)
    whole = replace(
        scene.candidate.observed,
        service=observed.service,
        history=observed.history,
        family=observed.family,
        base=observed.base,
        code_deploy=observed.code_deploy,
    )
    return replace(scene.candidate, observed=whole)


def held(observed: Observed) -> str | None:
    """Return the code of the reason for which the gate holds."""
    said = code_deploy(candidate(observed))
    assert not isinstance(said, Look)
    return None if said is None else said.reason.code


def with_group(**changes: Any) -> Observed:
    """Return the service at rest, with its group changed."""
    return seen(AT_REST, replace(RAN, **changes), BASE)


def test_a_service_at_rest_may_be_deployed() -> None:
    assert held(seen(AT_REST, RAN, BASE)) is None


def test_without_the_policys_word_nothing_is_asked() -> None:
    observed = replace(seen(AT_REST, RAN, BASE), code_deploy=NOT_ASKED)
    told = supported(candidate(observed, policy()))

    assert code_deploy(candidate(observed, policy())) is None
    assert told is not None
    assert told.reason.code == "UnsupportedController"
    assert "allow.codeDeploy" in told.reason.remedy


def test_an_external_controller_is_told_and_never_moved() -> None:
    service = replace(AT_REST, controller="EXTERNAL")
    told = supported(candidate(seen(service, RAN, BASE)))

    assert told is not None
    assert "EXTERNAL" in told.reason.message


def test_the_group_is_looked_at_first() -> None:
    observed = replace(seen(AT_REST, RAN, BASE), code_deploy=NOT_ASKED)

    assert code_deploy(candidate(observed)) == Look("code_deploy")


def test_a_group_that_cannot_be_read_holds_the_roll() -> None:
    observed = replace(seen(AT_REST, RAN, BASE), code_deploy=UNREADABLE)

    assert code_deploy(candidate(observed)) == Wait(UNREADABLE.reason)


S3 = Unusable("it lies elsewhere (S3), and is not read there")
STRANGER = Reason("AccessDenied", "may not be read")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param(
            {"deployments": (made(BASE, "Ready", id="d-5"), made(BASE))},
            "DeploymentInProgress",
            id="a deployment waits for a person",
        ),
        pytest.param(
            {"deployments": (made(BASE, "Tomorrow", id="d-5"), made(BASE))},
            "DeploymentInProgress",
            id="a status that nobody knows",
        ),
        pytest.param({"deployments": ()}, "AppSpecUnusable", id="never deployed"),
        pytest.param(
            {"deployments": (made(BASE, "Failed"),)}, "AppSpecUnusable", id="never succeeded"
        ),
        pytest.param(
            {"deployments": (made(BASE, app_spec=S3),)}, "AppSpecUnusable", id="it lies in S3"
        ),
        pytest.param(
            {"deployments": (made(revision(7)),)}, "AppSpecUnusable", id="it brought another"
        ),
        pytest.param({"complete": False}, "AppSpecUnusable", id="read in part"),
        pytest.param({"sounding": ("shop-down",)}, "AlarmActive", id="an alarm"),
        pytest.param({"sounding": STRANGER}, "AccessDenied", id="alarms that may not be read"),
    ],
)
def test_what_codedeploy_could_not_deploy_now_waits(changes: dict[str, Any], code: str) -> None:
    assert held(with_group(**changes)) == code


def test_a_task_set_that_an_earlier_deployment_left_behind_holds_the_roll() -> None:
    assert held(seen(by_code_deploy(BASE, revision(5)), RAN, BASE)) == "NotSteady"


def test_missing_tasks_hold_the_roll() -> None:
    few = replace(AT_REST.deployments[0], running=1)

    assert held(seen(replace(AT_REST, deployments=(few,)), RAN, BASE)) == "NotSteady"


FEW = replace(AT_REST.deployments[0], running=1)


@pytest.mark.parametrize(
    "observed",
    [
        pytest.param(with_group(deployments=(made(BASE, "Ready"),)), id="a deployment"),
        pytest.param(seen(replace(AT_REST, deployments=(FEW,)), RAN, BASE), id="missing tasks"),
        pytest.param(with_group(sounding=("shop-down",)), id="an alarm"),
    ],
)
def test_what_passes_by_itself_is_looked_at_again_soon(observed: Observed) -> None:
    asking = candidate(observed)
    said = code_deploy(asking)

    assert isinstance(said, Wait)
    assert said.until == asking.now + asking.watch


@pytest.mark.parametrize(
    "observed",
    [
        pytest.param(seen(by_code_deploy(BASE, revision(5)), RAN, BASE), id="a task set left over"),
        pytest.param(with_group(deployments=()), id="no AppSpec"),
    ],
)
def test_what_somebody_must_mend_is_not(observed: Observed) -> None:
    said = code_deploy(candidate(observed))

    assert isinstance(said, Wait)
    assert said.until is None


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("Ready", "CodeDeploy's deployment d-5 waits for a person"),
        ("InProgress", "CodeDeploy's deployment d-5 has not ended"),
    ],
)
def test_it_is_told_what_a_deployment_waits_for(status: str, told: str) -> None:
    going_on = (made(BASE, status, id="d-5"), made(BASE))
    said = code_deploy(candidate(with_group(deployments=going_on)))

    assert isinstance(said, Wait)
    assert said.reason.message == told


def test_percentages_that_codedeploy_does_not_heed_hold_nothing() -> None:
    service = replace(AT_REST, minimum_healthy_percent=0, maximum_percent=100)
    observed = seen(service, RAN, BASE, OURS)

    assert isinstance(next_move(candidate(observed)).step, Deploy)


# ── what is asked for ─────────────────────────────────────────────────────────────────────────────


def test_the_last_app_spec_is_deployed_with_the_corrected_revision_in_it() -> None:
    observed = seen(AT_REST, RAN, BASE, OURS)
    move = next_move(candidate(observed)).step

    text = content(OURS)
    assert move == Deploy(
        observed.ref,
        OURS.arn,
        application="AppECS-prod-web",
        group="DgpECS-prod-web",
        content=text,
        sha256=sha256_of(text),
    )
    assert isinstance(move, Deploy)
    assert move.over == AT_REST.deployments[0].id


def stuck(base: Revision = BASE, failed: Revision = OURS, **more: Any) -> Observed:
    """Return a service that serves ours after its deployment has failed."""
    ended = made(failed, "Stopped")
    return seen(by_code_deploy(failed), group(ended, made(base, **more)), failed, base)


def test_a_failure_that_serves_is_marked_first() -> None:
    assert isinstance(next_move(candidate(stuck())).step, MarkFailed)


def test_then_the_deployment_before_it_is_made_once_more_as_it_was() -> None:
    move = next_move(candidate(stuck(failed=marked(OURS)))).step

    assert isinstance(move, Redeploy)
    assert (move.task_definition, move.content) == (BASE.arn, content(BASE))


def test_a_deployment_that_cannot_be_made_once_more_is_for_a_person() -> None:
    observed = stuck(failed=marked(OURS), app_spec=S3)
    decision = redeploy(candidate(observed), BASE, Reason("DeploymentFailed", "it failed"))

    assert isinstance(decision.step, Wait)
    assert decision.step.reason.code == "NoWayBack"


def test_nothing_is_returned_while_codedeploy_does_it() -> None:
    ended = made(marked(OURS), "Failed", finished_at=ago(1), rolls_back=True)
    observed = seen(by_code_deploy(marked(OURS)), group(ended, made(BASE)), marked(OURS), BASE)

    assert isinstance(next_move(candidate(observed)).step, Wait)
