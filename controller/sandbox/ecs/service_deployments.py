"""The reads of service deployments and service revisions, which moto does not have."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.call import Call
from controller.sandbox.ecs.find import service_of_call
from controller.sandbox.ecs.service_deployment_answer import (
    service_deployment_answer,
    service_deployment_brief,
)
from controller.sandbox.paging import page
from controller.sandbox.state import Region, Service, ServiceDeployment, ServiceRevision
from controller.sandbox.wire import Json, invalid

DESCRIBED_AT_ONCE = 20  # [fact 5.5]


def list_service_deployments(call: Call) -> Json:
    """The newest first, filtered by status and by ``createdAt`` [fact 1.28]."""
    service = service_of_call(call.region, call.get("cluster"), call.need("service"))
    statuses, created = call.get("status"), call.get("createdAt", {})
    briefs = [
        service_deployment_brief(call.region, service, change)
        for change in service.history
        if (not statuses or change.status in statuses)
        and created.get("after", 0) <= change.created <= created.get("before", change.created)
    ]
    return page(call, briefs, member="serviceDeployments")


def describe_service_deployments(call: Call) -> Json:
    """With revisions, stage, hooks, rollback, the breaker's count and alarms [fact 1.25]."""
    known = {change.arn: (service, change) for service, change in changes_of(call.region)}
    arns = _named(call, "serviceDeploymentArns")
    return {
        "serviceDeployments": [
            service_deployment_answer(call.region, *known[arn]) for arn in arns if arn in known
        ],
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


def changes_of(region: Region) -> Iterator[tuple[Service, ServiceDeployment]]:
    """Every service deployment of a Region, with its service."""
    for service in region.services.values():
        for change in service.history:
            yield service, change


def _named(call: Call, member: str) -> list[str]:
    arns: list[str] = call.need(member)
    if not 1 <= len(arns) <= DESCRIBED_AT_ONCE:
        raise invalid(f"{member} can have at most {DESCRIBED_AT_ONCE} items.")
    return list(dict.fromkeys(arns))


def _revision(region: Region, service: Service, revision: ServiceRevision) -> Json:
    return {
        "serviceRevisionArn": revision.arn,
        "serviceArn": service.arn,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "taskDefinition": revision.task_definition,
        **revision.launch,
        "createdAt": revision.created,
    }
