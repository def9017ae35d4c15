"""UpdateService: what changes a service, and what rolls it out anew."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.create_service import (
    KEPT,
    launched,
    refuse_incompatible,
)
from controller.sandbox.ecs.deployment_configuration import (
    deployment_configuration,
    refuse_configuration,
)
from controller.sandbox.ecs.deployments import start_deployment
from controller.sandbox.ecs.find import find_usable_task_definition, service_of_call
from controller.sandbox.ecs.service_answer import service_answer
from controller.sandbox.state import Service
from controller.sandbox.wire import Json, Refusal, Unimplemented, invalid

# What UpdateService may change under other controllers [fact 4.12; ecs-limits `update_service`].
_ANYWHERE = frozenset(
    [
        "cluster",
        "service",
        "desiredCount",
        "placementConstraints",
        "placementStrategy",
        "healthCheckGracePeriodSeconds",
        "enableECSManagedTags",
        "propagateTags",
    ]
)
_ALLOWED = {
    "CODE_DEPLOY": _ANYWHERE | {"deploymentConfiguration"},
    "EXTERNAL": _ANYWHERE,
}
# What starts a deployment where it differs from what runs [fact 4.8].
TRIGGERS = (
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "capacityProviderStrategy",
)


def update_service(call: Call) -> Json:
    """A new deployment where the task definition or a trigger changes, or one is forced [fact 4.8].

    moto starts none, stores the task definition as it was passed, and refuses nothing. UNVERIFIED:
    that the same task definition again, unforced, starts none.
    """
    service = service_of_call(call.region, call.get("cluster"), call.need("service"))
    if service.status != "ACTIVE":
        raise Refusal("ServiceNotActiveException", "Service was not ACTIVE.")  # [fact 4.10]
    _refuse_by_controller(call, service)
    configuration = call.get("deploymentConfiguration")
    daemon = service.settings["schedulingStrategy"] == "DAEMON"
    refuse_configuration(configuration, controller=service.controller, daemon=daemon)
    if "deploymentController" in call.body:
        raise Unimplemented("moving a service to another deployment controller is not simulated")
    arn = _task_definition(call, service)
    _set(call, service, configuration)
    rolls = arn != service.task_definition or call.get("forceNewDeployment", False)
    service.task_definition = arn
    if service.controller == "ECS":
        running = service.deployments[0].revision.launch
        launch = launched(running, call.body)
        if rolls or any(launch.get(name) != running.get(name) for name in TRIGGERS):
            start_deployment(call.region, service, launch, now=call.now)
    return {"service": service_answer(call.region, service)}


def _task_definition(call: Call, service: Service) -> str | None:
    """The ARN that the service shall run; what is passed is resolved, a bare family too."""
    if "taskDefinition" not in call.body:
        return service.task_definition
    revision = find_usable_task_definition(call.region, call.body["taskDefinition"])
    refuse_incompatible(revision.document, service.settings | call.body)
    return revision.arn


def _set(call: Call, service: Service, configuration: Json | None) -> None:
    """Members left out keep their value [fact 4.8].

    ``deploymentConfiguration`` is replaced whole, what is left out of it falls back to its default:
    UNVERIFIED, and the harsher reading, so that a caller who forgets a member is found out.
    """
    service.settings |= {
        member: call.body[member]
        for member in (*KEPT, "platformVersion", "capacityProviderStrategy")
        if member in call.body
    }
    if call.get("capacityProviderStrategy"):
        service.settings.pop("launchType", None)
    if "desiredCount" in call.body:
        service.desired = int(call.body["desiredCount"])
    if configuration is not None:
        daemon = service.settings["schedulingStrategy"] == "DAEMON"
        service.settings["deploymentConfiguration"] = deployment_configuration(
            configuration, daemon=daemon
        )


def _refuse_by_controller(call: Call, service: Service) -> None:
    """[simulated-aws 3.3 for CODE_DEPLOY's words; UNVERIFIED for EXTERNAL's]."""
    kind = service.controller
    refused = sorted(call.body.keys() - _ALLOWED[kind]) if kind in _ALLOWED else []
    if "taskDefinition" in refused and kind == "CODE_DEPLOY":
        raise invalid(
            "Unable to update task definition on services with a CODE_DEPLOY deployment "
            "controller. Use AWS CodeDeploy to trigger a new deployment."
        )
    if refused:
        raise invalid(
            f"Unable to update {', '.join(refused)} on services with a {kind} deployment "
            "controller."
        )
