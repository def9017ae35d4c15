"""Task sets of services that CodeDeploy or an external controller rolls out [fact 4.13]."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.find import service_of_call
from controller.sandbox.state import Service
from controller.sandbox.wire import Json

# Members that a service revision has and a task set has not.
_NOT_OF_A_TASK_SET = ("serviceConnectConfiguration", "volumeConfigurations")


def codedeploy_task_set(call: Call, service: Service, launch: Json) -> Json:
    """The PRIMARY task set of a new CODE_DEPLOY service; how it starts is not simulated."""
    number = next(call.region.numbers)
    tail = f"{service.cluster}/{service.name}/ecs-svc/{number}"
    return {
        "id": f"ecs-svc/{number}",
        "taskSetArn": call.region.arn(f"task-set/{tail}"),
        "serviceArn": service.arn,
        "clusterArn": call.region.arn(f"cluster/{service.cluster}"),
        "startedBy": "CODE_DEPLOY",
        "status": "PRIMARY",
        "taskDefinition": service.task_definition,
        "computedDesiredCount": service.desired,
        "pendingCount": 0,
        "runningCount": service.desired,
        "createdAt": call.now,
        "updatedAt": call.now,
        **{name: value for name, value in launch.items() if name not in _NOT_OF_A_TASK_SET},
        "scale": {"value": 100.0, "unit": "PERCENT"},
        "stabilityStatus": "STEADY_STATE",
        "stabilityStatusAt": call.now,
    }


def describe_task_sets(call: Call) -> Json:
    """All of a service, or those named by ARN or id."""
    service = service_of_call(call.region, call.need("cluster"), call.need("service"))
    wanted = set(call.get("taskSets") or [])
    chosen = [
        task_set
        for task_set in service.task_sets
        if not wanted or {task_set["taskSetArn"], task_set["id"]} & wanted
    ]
    return {"taskSets": chosen, "failures": []}
