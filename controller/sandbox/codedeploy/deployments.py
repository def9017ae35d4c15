"""The reads of deployments."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.codedeploy.groups import group_named
from controller.sandbox.wire import Json, Refusal

_AT_ONCE = 25  # [botocore BatchGetDeployments]


def list_deployments(call: Call) -> Json:
    """The ids of a group's deployments, newest first (UNVERIFIED), on one page."""
    name = call.need("deploymentGroupName")
    group_named(call, name)
    statuses, created = call.get("includeOnlyStatuses"), call.get("createTimeRange", {})
    after, before = created.get("start") or 0, created.get("end") or call.now
    made = call.region.code_deploy.of(call.need("applicationName"), name)
    listed = [
        one.id
        for one in reversed(made)
        if (not statuses or one.status in statuses) and after <= one.created <= before
    ]
    return {"deployments": listed}


def get_deployment(call: Call) -> Json:
    """One deployment."""
    return {"deploymentInfo": _info(call, deployment_of(call, call.need("deploymentId")))}


def batch_get_deployments(call: Call) -> Json:
    """Up to 25 of them; ids that nobody knows are left out (UNVERIFIED)."""
    ids: list[str] = call.need("deploymentIds")
    if len(ids) > _AT_ONCE:
        raise Refusal("BatchLimitExceededException", f"at most {_AT_ONCE} ids")
    known = {one.id: one for one in call.region.code_deploy.deployments}
    return {"deploymentsInfo": [_info(call, known[one]) for one in ids if one in known]}


def deployment_of(call: Call, name: str) -> Deployment:
    """The deployment with this id."""
    for one in call.region.code_deploy.deployments:
        if one.id == name:
            return one
    told = f"The deployment {name} could not be found"
    raise Refusal("DeploymentDoesNotExistException", told)


def _info(call: Call, one: Deployment) -> Json:
    group = call.region.code_deploy.applications[one.application][one.group]
    rollback = {
        "rollbackDeploymentId": one.rolled_back_by,
        "rollbackTriggeringDeploymentId": one.rolls_back,
    }
    info = {
        "applicationName": one.application,
        "deploymentGroupName": one.group,
        "deploymentConfigName": group["deploymentConfigName"],
        "deploymentId": one.id,
        "revision": one.revision,
        "status": one.status,
        "errorInformation": one.error,
        "createTime": one.created,
        "completeTime": one.completed,
        "description": one.description,
        "creator": one.creator,
        "autoRollbackConfiguration": group.get("autoRollbackConfiguration"),
        "rollbackInfo": {name: value for name, value in rollback.items() if value} or None,
        "deploymentStyle": group["deploymentStyle"],
        "blueGreenDeploymentConfiguration": group.get("blueGreenDeploymentConfiguration"),
        "computePlatform": "ECS",
    }
    return {member: value for member, value in info.items() if value is not None}
