"""How a deployment ends badly: traffic goes back by a deployment of its own, or stays."""

from __future__ import annotations

from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.codedeploy.task_sets import primary_again, remove
from controller.sandbox.state import Region
from controller.sandbox.wire import Json


def fail(
    region: Region,
    one: Deployment,
    because: Json,
    *,
    status: str,
    event: str,
    now: float,
    rolls_back: bool | None = None,
) -> None:
    """End a deployment, and roll back where the group's configuration names the event.

    CodeDeploy rolls back by deploying an earlier revision once more, as a new deployment whose
    creator is codeDeployRollback [user guide, Redeploy and roll back]. UNVERIFIED: without a
    rollback, the new task set stays as it is.
    """
    one.status, one.error, one.completed = status, because, now
    if one.rolls_back is not None:
        return
    group = region.code_deploy.applications[one.application][one.group]
    configured = group.get("autoRollbackConfiguration", {})
    asked = configured.get("enabled", False) and event in configured.get("events", [])
    if asked if rolls_back is None else rolls_back:
        _roll_back(region, one, now=now)


def _roll_back(region: Region, one: Deployment, *, now: float) -> None:
    before = [
        other
        for other in region.code_deploy.of(one.application, one.group)
        if other.status == "Succeeded"
    ]
    if not before:
        return
    back = Deployment(
        region.code_deploy.new_id(),
        one.application,
        one.group,
        before[-1].revision,
        "codeDeployRollback",
        now,
        status="InProgress",
        blue=one.green,
        green=one.blue,
        rolls_back=one.id,
    )
    one.rolled_back_by = back.id
    region.code_deploy.deployments.append(back)


def finish_rollback(region: Region, one: Deployment, *, now: float) -> None:
    """The original task set serves again, and the replacement is deleted."""
    if one.green is not None:
        primary_again(region, one, one.green, now=now)
    if one.blue is not None:
        remove(region, one, one.blue)
    one.status, one.completed = "Succeeded", now
