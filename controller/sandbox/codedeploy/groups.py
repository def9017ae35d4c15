"""Applications and deployment groups: a service of ECS is in one group at most."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.wire import Json, Refusal

_GIVEN = (
    "alarmConfiguration",
    "autoRollbackConfiguration",
    "blueGreenDeploymentConfiguration",
    "deploymentConfigName",
    "deploymentStyle",
    "ecsServices",
    "loadBalancerInfo",
    "serviceRoleArn",
)
_AT_ONCE = 100  # [botocore BatchLimitExceededException]


def create_application(call: Call) -> Json:
    """An application without groups."""
    call.region.code_deploy.applications.setdefault(call.need("applicationName"), {})
    return {"applicationId": call.region.opaque()}


def create_deployment_group(call: Call) -> Json:
    """A group for services of ECS, as it was given; it is configured whole here."""
    groups = groups_of(call)
    given = {name: call.body[name] for name in _GIVEN if name in call.body}
    taken = [
        service
        for group in _all_groups(call)
        for service in group["ecsServices"]
        if service in given.get("ecsServices", [])
    ]
    if taken:  # wording UNVERIFIED, the rule [botocore ECSServiceMappingLimitExceededException]
        told = "The Amazon ECS service is associated with more than one deployment groups."
        raise Refusal("ECSServiceMappingLimitExceededException", told)
    name = call.need("deploymentGroupName")
    groups[name] = {
        "applicationName": call.need("applicationName"),
        "deploymentGroupId": call.region.opaque(),
        "deploymentGroupName": name,
        "computePlatform": "ECS",
        "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
        "deploymentStyle": {
            "deploymentType": "BLUE_GREEN",
            "deploymentOption": "WITH_TRAFFIC_CONTROL",
        },
        "ecsServices": [],
        **given,
    }
    return {"deploymentGroupId": groups[name]["deploymentGroupId"]}


def update_deployment_group(call: Call) -> Json:
    """Members that are given replace those that were."""
    group = group_named(call, call.need("currentDeploymentGroupName"))
    group |= {name: call.body[name] for name in _GIVEN if name in call.body}
    return {}


def list_applications(call: Call) -> Json:
    """The names of all; one page."""
    return {"applications": list(call.region.code_deploy.applications)}


def list_deployment_groups(call: Call) -> Json:
    """The names of an application's groups; one page."""
    name = call.need("applicationName")
    return {"applicationName": name, "deploymentGroups": list(groups_of(call))}


def get_deployment_group(call: Call) -> Json:
    """A group with its last deployments."""
    return {"deploymentGroupInfo": _described(call, call.need("deploymentGroupName"))}


def batch_get_deployment_groups(call: Call) -> Json:
    """Several groups of one application; those that are not there are left out (UNVERIFIED)."""
    names: list[str] = call.need("deploymentGroupNames")
    if len(names) > _AT_ONCE:
        raise Refusal("BatchLimitExceededException", f"at most {_AT_ONCE} names")
    known = groups_of(call)
    return {"deploymentGroupsInfo": [_described(call, name) for name in names if name in known]}


def groups_of(call: Call) -> dict[str, Json]:
    """The groups of the application that a call names."""
    name = call.need("applicationName")
    if name not in call.region.code_deploy.applications:
        told = f"No application found for name: {name}"
        raise Refusal("ApplicationDoesNotExistException", told)
    return call.region.code_deploy.applications[name]


def group_named(call: Call, name: str) -> Json:
    """The configuration of a group of the application that a call names."""
    groups = groups_of(call)
    if name not in groups:
        told = f"No Deployment Group found for name: {name}"
        raise Refusal("DeploymentGroupDoesNotExistException", told)
    return groups[name]


def _all_groups(call: Call) -> list[Json]:
    return [
        group
        for groups in call.region.code_deploy.applications.values()
        for group in groups.values()
    ]


def _described(call: Call, name: str) -> Json:
    group = group_named(call, name)
    made = call.region.code_deploy.of(group["applicationName"], name)
    succeeded = [one for one in made if one.status == "Succeeded"]
    last = {"lastAttemptedDeployment": made, "lastSuccessfulDeployment": succeeded}
    return {**group, **{member: _brief(some[-1]) for member, some in last.items() if some}}


def _brief(one: Deployment) -> Json:
    brief = {
        "deploymentId": one.id,
        "status": one.status,
        "createTime": one.created,
        "endTime": one.completed,
    }
    return {member: value for member, value in brief.items() if value is not None}
