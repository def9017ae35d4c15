"""A service deployment as DescribeServiceDeployments writes it, and as a list shows it."""

from __future__ import annotations

from controller.sandbox.ecs.alarms import configuration_of
from controller.sandbox.ecs.hooks import hook_answer
from controller.sandbox.state import Region, Service, ServiceDeployment
from controller.sandbox.wire import Json

_ALL = 100.0


def service_deployment_brief(region: Region, service: Service, change: ServiceDeployment) -> Json:
    """As ListServiceDeployments shows it."""
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


def service_deployment_answer(region: Region, service: Service, change: ServiceDeployment) -> Json:
    """In full. A stage, hooks and weights are shown only where traffic is shifted: UNVERIFIED."""
    detail = {
        **service_deployment_brief(region, service, change),
        "updatedAt": change.updated,
        "stoppedAt": change.stopped,
        "sourceServiceRevisions": _sources(change),
        "targetServiceRevision": _target(service, change),
        "lifecycleStage": change.stage,
        "lifecycleHookDetails": [hook_answer(hook) for hook in change.hooks] or None,
        "deploymentConfiguration": change.configuration,
        "rollback": change.rollback,
        "deploymentCircuitBreaker": {
            "status": change.breaker,
            "failureCount": change.failures,
            "threshold": change.threshold,
        },
        "alarms": {
            "status": change.alarms,
            "alarmNames": configuration_of(change).get("alarmNames", []),
            "triggeredAlarmNames": change.triggered,
        },
    }
    del detail["targetServiceRevisionArn"]
    return {member: value for member, value in detail.items() if value is not None}


def _target(service: Service, change: ServiceDeployment) -> Json:
    tasks = [d for d in service.deployments if d.revision is change.target]
    target: Json = {
        "arn": change.target.arn,
        "requestedTaskCount": sum(d.desired for d in tasks),
        "runningTaskCount": sum(d.running for d in tasks),
        "pendingTaskCount": sum(d.pending for d in tasks),
    }
    if change.shift is not None:
        target["requestedProductionTrafficWeight"] = change.shift.weight
        target["requestedTestTrafficWeight"] = change.shift.test_weight
    return target


def _sources(change: ServiceDeployment) -> list[Json]:
    """What ran at the start; the one that production traffic comes from stands last."""
    if change.shift is None:
        return change.sources
    *others, last = change.sources
    left = {"requestedProductionTrafficWeight": _ALL - change.shift.weight}
    none = {"requestedProductionTrafficWeight": 0.0}
    return [*({**one, **none} for one in others), {**last, **left}]
