"""CreateService: what is kept of a new service, and what is refused."""

from __future__ import annotations

from typing import Any

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.deployment_configuration import (
    deployment_configuration,
    refuse_configuration,
)
from controller.sandbox.ecs.deployments import start_deployment
from controller.sandbox.ecs.find import find_usable_task_definition
from controller.sandbox.ecs.service_answer import service_answer
from controller.sandbox.ecs.tags import checked
from controller.sandbox.ecs.task_sets import codedeploy_task_set
from controller.sandbox.state import Service
from controller.sandbox.wire import Json, invalid

# Members that DescribeServices shows at the top as they were given.
KEPT = (
    "loadBalancers",
    "serviceRegistries",
    "placementConstraints",
    "placementStrategy",
    "networkConfiguration",
    "healthCheckGracePeriodSeconds",
    "deploymentController",
    "enableECSManagedTags",
    "propagateTags",
    "enableExecuteCommand",
    "availabilityZoneRebalancing",
)
# Members that belong to a deployment, and to a service revision [facts 1.9, 4.8].
LAUNCHED = (
    "launchType",
    "capacityProviderStrategy",
    "platformVersion",
    "networkConfiguration",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
)
_EMPTY = ("loadBalancers", "serviceRegistries", "placementConstraints", "placementStrategy")
LATEST_PLATFORM = "1.4.0"


def create_service(call: Call) -> Json:
    """A service and its first deployment, PRIMARY and IN_PROGRESS; moto drops most of this."""
    cluster = cluster_named(call.region, call.get("cluster"))["clusterName"]
    name = call.need("serviceName")
    _refuse(call, cluster, name)
    arn = call.region.arn(f"service/{cluster}/{name}")
    settings = _settings(call, cluster)
    service = Service(name, arn, cluster, call.now, settings, int(call.get("desiredCount", 0)))
    call.region.tags[arn] = checked(call.get("tags"))
    if service.controller == "ECS" or "taskDefinition" in call.body:
        revision = find_usable_task_definition(call.region, call.need("taskDefinition"))
        refuse_incompatible(revision.document, settings)
        service.task_definition = revision.arn
    _begin(call, service)
    call.region.services[cluster, name] = service
    return {"service": service_answer(call.region, service, tags=True)}


def _begin(call: Call, service: Service) -> None:
    """ECS starts a deployment, CODE_DEPLOY a task set, EXTERNAL nothing [fact 4.13]."""
    launch = launched({}, call.body | service.settings)
    if service.controller == "ECS":
        start_deployment(call.region, service, launch, now=call.now)
    elif service.controller == "CODE_DEPLOY":
        service.task_sets.append(codedeploy_task_set(call, service, launch))


def launched(before: Json, body: Json) -> Json:
    """The members of a deployment: those of ``before``, changed by a body; an empty one removes.

    A strategy takes the place of the launch type; Fargate's platform is resolved from LATEST.
    """
    changed = {**before, **{member: body[member] for member in LAUNCHED if member in body}}
    if body.get("capacityProviderStrategy"):
        changed.pop("launchType", None)
    launch = {member: value for member, value in changed.items() if value}
    if launch.get("platformVersion") == "LATEST":
        launch["platformVersion"] = LATEST_PLATFORM
    if "platformVersion" in launch:
        launch["platformFamily"] = "Linux"
    return launch


def _settings(call: Call, cluster: str) -> Json:
    strategy = call.get("schedulingStrategy", "REPLICA")
    settings: dict[str, Any] = {member: [] for member in _EMPTY}
    settings |= {member: call.body[member] for member in KEPT if member in call.body}
    settings |= _capacity(call, call.region.clusters[cluster])
    given = call.get("deploymentConfiguration")
    kind = call.get("deploymentController", {}).get("type", "ECS")
    refuse_configuration(given, controller=kind, daemon=strategy == "DAEMON")
    settings |= {
        "deploymentConfiguration": deployment_configuration(given, daemon=strategy == "DAEMON"),
        "schedulingStrategy": strategy,
        "createdBy": call.caller,
        "propagateTags": call.get("propagateTags", "NONE"),
        "enableECSManagedTags": call.get("enableECSManagedTags", False),
        "enableExecuteCommand": call.get("enableExecuteCommand", False),
    }
    return settings


def _capacity(call: Call, cluster: Json) -> Json:
    """A launch type, or a strategy: the cluster's own one, or EC2 [CreateService reference]."""
    if call.get("launchType"):
        capacity = {"launchType": call.body["launchType"]}
    else:
        strategy = call.get("capacityProviderStrategy")
        strategy = strategy or cluster["defaultCapacityProviderStrategy"]
        capacity = {"capacityProviderStrategy": strategy} if strategy else {"launchType": "EC2"}
    if is_fargate(capacity):
        version = call.get("platformVersion", "LATEST")
        capacity |= {"platformVersion": version, "platformFamily": "Linux"}
    return capacity


def is_fargate(settings: Json) -> bool:
    """By launch type or by capacity provider."""
    providers = settings.get("capacityProviderStrategy", [])
    return settings.get("launchType") == "FARGATE" or any(
        provider["capacityProvider"].startswith("FARGATE") for provider in providers
    )


def refuse_incompatible(document: Json, settings: Json) -> None:
    """In the words that users of CreateService and UpdateService know."""
    if is_fargate(settings) and "FARGATE" not in document["compatibilities"]:
        raise invalid("Task definition does not support launch_type FARGATE.")
    if document.get("networkMode") == "awsvpc" and "networkConfiguration" not in settings:
        raise invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )


def _refuse(call: Call, cluster: str, name: str) -> None:
    known = call.region.services.get((cluster, name))
    if known is not None and known.status != "INACTIVE":
        raise invalid("Creation of service was not idempotent.")
    if call.get("launchType") and call.get("capacityProviderStrategy"):
        raise invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. "
            "Remove one and try again."
        )
    if call.get("schedulingStrategy") == "DAEMON" and call.get("launchType") == "FARGATE":
        # [fact 4.14], wording UNVERIFIED
        raise invalid("The DAEMON scheduling strategy is not supported by the FARGATE launch type.")
