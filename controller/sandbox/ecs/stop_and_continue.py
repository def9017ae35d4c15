"""What a person may do to a service deployment under way: stop it, or let it go on."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.rollback import request_rollback
from controller.sandbox.ecs.service_deployments import changes_of
from controller.sandbox.state import Region, Service, ServiceDeployment
from controller.sandbox.wire import Json, Refusal, invalid

# A second stop of what is stopping already goes through [DG stop-service-deployment].
_STOPPABLE = ("PENDING", "IN_PROGRESS")
_STOPPING = ("STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS")
_STOPPED_BY_HAND = "Service deployment rolled back because of a StopServiceDeployment request."

_ROLLED_BACK_BY_HAND = (
    "Service deployment rolled back because of a ContinueServiceDeployment request."
)


def stop_service_deployment(call: Call) -> Json:
    """Back to the last COMPLETED revision, also where no rollback is configured [fact 1.26].

    UNVERIFIED: all wordings; that a deployment with nothing to go back to is a conflict.
    """
    if call.get("stopType", "ROLLBACK") != "ROLLBACK":
        raise invalid("stopType must be ROLLBACK.")  # [fact 1.26]
    service, change = named_change(call.region, call.need("serviceDeploymentArn"))
    if change.status in _STOPPABLE and service.completed is not None:
        request_rollback(change, _STOPPED_BY_HAND, now=call.now)
    elif change.status not in _STOPPING:
        raise Refusal("ConflictException", "The service deployment cannot be stopped.")
    return {"serviceDeploymentArn": change.arn}


def continue_service_deployment(call: Call) -> Json:
    """Answer a PAUSE hook that awaits it: go on, or back [fact 1.24].

    UNVERIFIED: that another hook is an invalid parameter, and what the hook's status is after a
    ROLLBACK.
    """
    _, change = named_change(call.region, call.need("serviceDeploymentArn"))
    action = call.get("action", "CONTINUE")
    if action not in {"CONTINUE", "ROLLBACK"}:
        raise invalid("action must be CONTINUE or ROLLBACK.")
    wanted = call.need("hookId")
    hook = next((one for one in change.hooks if one.id == wanted), None)
    if hook is None or hook.status != "AWAITING_ACTION":
        raise invalid("The lifecycle hook does not await an action.")
    if action == "CONTINUE":
        hook.status, change.updated = "SUCCEEDED", call.now
    else:
        hook.status = "FAILED"
        request_rollback(change, _ROLLED_BACK_BY_HAND, now=call.now)
    return {"serviceDeploymentArn": change.arn}


def named_change(region: Region, arn: str) -> tuple[Service, ServiceDeployment]:
    """A service deployment and its service. Refuses as facts 1.24 and 1.26 name it."""
    for service, change in changes_of(region):
        if change.arn == arn:
            return service, change
    raise Refusal("ServiceDeploymentNotFoundException", "Service deployment not found.")
