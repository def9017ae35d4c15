"""How a deployment begins: a service revision, a service deployment, and a new PRIMARY."""

from __future__ import annotations

from controller.sandbox.ecs.stages import shift_of
from controller.sandbox.state import (
    Deployment,
    Region,
    Service,
    ServiceDeployment,
    ServiceRevision,
)
from controller.sandbox.wire import Json


def start_deployment(region: Region, service: Service, launch: Json, *, now: float) -> Deployment:
    """Roll ``service.task_definition`` out with this way of running it.

    What was rolling out is replaced: its service deployment ends STOPPED (UNVERIFIED: the words of
    ``statusReason``), its tasks are drained as ACTIVE ones.
    """
    if service.task_definition is None:
        raise ValueError(f"{service.name} has no task definition to deploy")
    number = next(region.numbers)
    tail = f"{service.cluster}/{service.name}"
    revision = ServiceRevision(
        region.arn(f"service-revision/{tail}/{number}"), service.task_definition, launch, now
    )
    service.revisions.insert(0, revision)
    if service.history and not service.history[0].ended:
        _stop_replaced(service.history[0], now=now)
    change = ServiceDeployment(
        region.arn(f"service-deployment/{tail}/{region.opaque()}"),
        revision,
        sources=_sources(service),
        configuration=service.settings["deploymentConfiguration"],
        created=now,
        updated=now,
    )
    change.shift = shift_of(change)
    service.history.insert(0, change)
    return become_primary(service, Deployment(number, revision, change, now, now, ""), now=now)


def become_primary(service: Service, deployment: Deployment, *, now: float) -> Deployment:
    """Put a deployment in front; what was PRIMARY is ACTIVE from now on."""
    for older in service.deployments:
        older.status, older.updated = "ACTIVE", now
    deployment.reason = f"ECS deployment {deployment.id} in progress."
    deployment.desired = service.desired
    service.deployments.insert(0, deployment)
    return deployment


def _stop_replaced(change: ServiceDeployment, *, now: float) -> None:
    change.status, change.reason = "STOPPED", "Stopped by a newer service deployment."
    change.finished = change.stopped = change.updated = now
    change.close_hooks()


def _sources(service: Service) -> list[Json]:
    """The service revisions that run when a deployment begins, each once."""
    sources: dict[str, Json] = {}
    for deployment in service.deployments:
        summary = sources.setdefault(
            deployment.revision.arn,
            {"arn": deployment.revision.arn, **dict.fromkeys(_COUNTS, 0)},
        )
        summary["requestedTaskCount"] += deployment.desired
        summary["runningTaskCount"] += deployment.running
        summary["pendingTaskCount"] += deployment.pending
    return list(sources.values())


_COUNTS = ("requestedTaskCount", "runningTaskCount", "pendingTaskCount")
