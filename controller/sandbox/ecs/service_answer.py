"""A service as DescribeServices writes it; the shape follows recorded answers of AWS."""

from __future__ import annotations

from controller.sandbox.state import Deployment, Region, Service
from controller.sandbox.wire import Json

# Members of a service revision that its deployment does not show [MODEL Deployment].
_OF_THE_REVISION = frozenset({"loadBalancers", "serviceRegistries"})


def service_answer(region: Region, service: Service, *, tags: bool = False) -> Json:
    """Tags only where asked for. Service Connect stands in the deployments alone [fact 1.9]."""
    answer: Json = {
        "serviceArn": service.arn,
        "serviceName": service.name,
        "clusterArn": region.arn(f"cluster/{service.cluster}"),
        "status": service.status,
        "desiredCount": service.desired,
        "runningCount": service.running,
        "pendingCount": service.pending,
        **service.settings,
        "deployments": [_deployment(deployment) for deployment in service.deployments],
        "events": list(service.events),
        "createdAt": service.created,
    }
    if service.task_definition is not None:
        answer["taskDefinition"] = service.task_definition
    if service.task_sets:
        answer["taskSets"] = list(service.task_sets)
    if service.history:
        answer["currentServiceDeployment"] = service.history[0].arn
        answer["currentServiceRevisions"] = _revisions(service)
    if tags:
        answer["tags"] = list(region.tags.get(service.arn, []))
    return answer


def _deployment(deployment: Deployment) -> Json:
    """As recorded of rolling ones.

    UNVERIFIED for a deployment that shifts traffic: that the new tasks are PRIMARY from the start
    and the old ones ACTIVE, both with a rolloutState, which the model says only of rolling ones
    [fact 4.16].
    """
    return {
        "id": deployment.id,
        "status": deployment.status,
        "taskDefinition": deployment.revision.task_definition,
        "desiredCount": deployment.desired,
        "pendingCount": deployment.pending,
        "runningCount": deployment.running,
        "failedTasks": deployment.failed,
        "createdAt": deployment.created,
        "updatedAt": deployment.updated,
        **_shown(deployment.revision.launch),
        "rolloutState": deployment.rollout,
        "rolloutStateReason": deployment.reason,
    }


def _shown(launch: Json) -> Json:
    return {member: value for member, value in launch.items() if member not in _OF_THE_REVISION}


def _revisions(service: Service) -> list[Json]:
    return [
        {
            "arn": deployment.revision.arn,
            "requestedTaskCount": deployment.desired,
            "runningTaskCount": deployment.running,
            "pendingTaskCount": deployment.pending,
        }
        for deployment in service.deployments
    ]
