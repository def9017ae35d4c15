"""The reads of service deployments and service revisions, which moto does not have."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.call import Call
from controller.sandbox.ecs.circuit_breaker import roll_back
from controller.sandbox.ecs.find import service_of_call
from controller.sandbox.paging import page
from controller.sandbox.state import Region, Service, ServiceDeployment, ServiceRevision
from controller.sandbox.wire import Json, Refusal, invalid

DESCRIBED_AT_ONCE = 20  # [fact 5.5]
_UNDERWAY = ("PENDING", "IN_PROGRESS")


def list_service_deployments(call: Call) -> Json:
    """The newest first, filtered by status and by ``createdAt`` [fact 1.28]."""
    service = service_of_call(call.region, call.get("cluster"), call.need("service"))
    statuses, created = call.get("status"), call.get("createdAt", {})
    briefs = [
        _brief(call.region, service, change)
        for change in service.history
        if (not statuses or change.status in statuses)
        and created.get("after", 0) <= change.created <= created.get("before", change.created)
    ]
    return page(call, briefs, member="serviceDeployments")


def describe_service_deployments(call: Call) -> Json:
    """With source and target revisions, rollback and the breaker's count [fact 1.25]."""
    known = {change.arn: (service, change) for service, change in _changes(call.region)}
    arns = _named(call, "serviceDeploymentArns")
    return {
        "serviceDeployments": [_detail(call.region, *known[arn]) for arn in arns if arn in known],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in arns if arn not in known],
    }


def describe_service_revisions(call: Call) -> Json:
    """What a service ran: task definition, Service Connect and the rest [fact 1.9]."""
    known = {
        revision.arn: (service, revision)
        for service in call.region.services.values()
        for revision in service.revisions
    }
    arns = _named(call, "serviceRevisionArns")
    return {
        "serviceRevisions": [_revision(call.region, *known[arn]) for arn in arns if arn in known],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in arns if arn not in known],
    }


def stop_service_deployment(call: Call) -> Json:
    """Back to the last COMPLETED revision, also where no rollback is configured [fact 1.26]."""
    arn = call.need("serviceDeploymentArn")
    if call.get("stopType", "ROLLBACK") != "ROLLBACK":
        raise invalid("stopType must be ROLLBACK.")  # [fact 1.26], wording UNVERIFIED
    for service, change in _changes(call.region):
        if change.arn != arn:
            continue
        if change.status not in _UNDERWAY or service.completed is None:
            raise Refusal("ConflictException", "The service deployment cannot be stopped.")
        because = "Service deployment rolled back because of a StopServiceDeployment request."
        roll_back(call.region, service, service.completed, because=because, now=call.now)
        return {"serviceDeploymentArn": arn}
    raise Refusal("ServiceDeploymentNotFoundException", "Service deployment not found.")


def _changes(region: Region) -> Iterator[tuple[Service, ServiceDeployment]]:
    for service in region.services.values():
        for change in service.history:
            yield service, change


def _named(call: Call, member: str) -> list[str]:
    arns: list[str] = call.need(member)
    if not 1 <= len(arns) <= DESCRIBED_AT_ONCE:
        raise invalid(f"{member} can have at most {DESCRIBED_AT_ONCE} items.")
    return list(dict.fromkeys(arns))


def _brief(region: Region, service: Service, change: ServiceDeployment) -> Json:
    brief = {
        "serviceDeploymentArn": change.arn,
        "serviceArn": service.arn,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "startedAt": change.started,
        "createdAt": change.created,
        "finishedAt": change.finished,
        "targetServiceRevisionArn": change.target.arn,
        "status": change.status,
        "statusReason": change.reason,
    }
    return {member: value for member, value in brief.items() if value is not None}


def _detail(region: Region, service: Service, change: ServiceDeployment) -> Json:
    alarms = change.configuration.get("alarms", {})
    target = [d for d in service.deployments if d.revision is change.target]
    detail = {
        **_brief(region, service, change),
        "updatedAt": change.updated,
        "stoppedAt": change.stopped,
        "sourceServiceRevisions": change.sources,
        "targetServiceRevision": {
            "arn": change.target.arn,
            "requestedTaskCount": sum(d.desired for d in target),
            "runningTaskCount": sum(d.running for d in target),
            "pendingTaskCount": sum(d.pending for d in target),
        },
        "deploymentConfiguration": change.configuration,
        "rollback": change.rollback,
        "deploymentCircuitBreaker": {
            "status": change.breaker,
            "failureCount": change.failures,
            "threshold": change.threshold,
        },
        "alarms": {"status": "DISABLED", "alarmNames": alarms.get("alarmNames", [])},
    }
    del detail["targetServiceRevisionArn"]
    return {member: value for member, value in detail.items() if value is not None}


def _revision(region: Region, service: Service, revision: ServiceRevision) -> Json:
    return {
        "serviceRevisionArn": revision.arn,
        "serviceArn": service.arn,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "taskDefinition": revision.task_definition,
        **revision.launch,
        "createdAt": revision.created,
    }
