"""CodeDeploy's work, one look at a time: a second task set, traffic, and the end of the first."""

from __future__ import annotations

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.codedeploy.ends import fail, finish_rollback
from controller.sandbox.codedeploy.task_sets import (
    make,
    named_in,
    primary_again,
    remove,
    service_of,
    starts,
    task_set,
)
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, Refusal

_MOST_FAILURES = 3
"""After so many looks at which its tasks fail, a deployment has Failed. UNVERIFIED: AWS goes by the
health of the task set, and by a time."""


def tick(region: Region, behaviour: Behaviour, *, now: float) -> None:
    """Look at every deployment of a Region once."""
    for one in list(region.code_deploy.deployments):
        if not one.ended:
            _look(region, one, behaviour, now=now)


def _look(region: Region, one: Deployment, behaviour: Behaviour, *, now: float) -> None:
    if one.rolls_back is not None:
        finish_rollback(region, one, now=now)
    elif one.status == "Created":
        _install(region, one, now=now)
    elif one.shifted is None:
        _shift(region, one, behaviour, now=now)
    elif now >= one.shifted + _termination_wait(region, one):
        if one.blue is not None:
            remove(region, one, one.blue)
        one.status, one.completed = "Succeeded", now


def _install(region: Region, one: Deployment, *, now: float) -> None:
    try:
        make(region, one, named_in(one.revision) or "", now=now)
    except Refusal as refusal:
        because = {"code": "INVALID_REVISION", "message": refusal.message}
        _fails(region, one, because, now=now)
        return
    one.status = "InProgress"


def _shift(region: Region, one: Deployment, behaviour: Behaviour, *, now: float) -> None:
    """Start the tasks; then move traffic, or wait until a person says so, or stop."""
    green = task_set(service_of(region, one), one.green)
    if green["stabilityStatus"] != "STEADY_STATE":
        _start(region, one, green, behaviour, now=now)
        return
    option = _option(region, one, "deploymentReadyOption")
    waits = option.get("actionOnTimeout") == "STOP_DEPLOYMENT"
    if waits and one.ready is None:
        one.status, one.ready = "Ready", now + 60 * option.get("waitTimeInMinutes", 0)
    elif one.status == "Ready" and one.ready is not None:
        if now >= one.ready:
            because = {"code": "TIMEOUT", "message": "Traffic was not rerouted in time."}
            event = "DEPLOYMENT_STOP_ON_REQUEST"  # UNVERIFIED
            fail(region, one, because, status="Stopped", event=event, now=now)
    elif one.green is not None:
        primary_again(region, one, one.green, now=now)
        one.shifted = now


def _start(
    region: Region, one: Deployment, green: Json, behaviour: Behaviour, *, now: float
) -> None:
    document = find_task_definition(region, green["taskDefinition"]).document
    if behaviour.failure(document) is not None:
        one.looks += 1
        if one.looks >= _MOST_FAILURES:
            told = "The ECS service cannot be updated: the task set is not stable."
            _fails(region, one, {"code": "ECS_UPDATE_ERROR", "message": told}, now=now)
    elif not behaviour.stalls(document):
        starts(green, now=now)


def _fails(region: Region, one: Deployment, because: Json, *, now: float) -> None:
    fail(region, one, because, status="Failed", event="DEPLOYMENT_FAILURE", now=now)


def _option(region: Region, one: Deployment, name: str) -> Json:
    group = region.code_deploy.applications[one.application][one.group]
    option: Json = group.get("blueGreenDeploymentConfiguration", {}).get(name, {})
    return option


def _termination_wait(region: Region, one: Deployment) -> int:
    """Seconds for which the old task set stays beside the new one."""
    option = _option(region, one, "terminateBlueInstancesOnDeploymentSuccess")
    return 60 * int(option.get("terminationWaitTimeInMinutes", 0))
