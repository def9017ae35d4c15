"""The vocabulary of these tests: what service deployments a service had, as ECS tells it."""

from __future__ import annotations

from typing import Any

from controller.core.service.deployment import History
from tests.aws.opened import WEB, ecs_reader, scripted
from tests.aws.scripted import Body, Script

PREFIX = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:"
DEFINITION: dict[str, Any] = {"family": "web", "status": "ACTIVE", "containerDefinitions": []}


def past(
    number: int, target: str, *sources: str, status: str = "SUCCESSFUL", **members: object
) -> dict[str, Any]:
    """Return a described service deployment that began at second *number*."""
    return {
        "serviceDeploymentArn": f"d{number}",
        "status": status,
        "createdAt": number,
        "targetServiceRevision": {"arn": target},
        "sourceServiceRevisions": [{"arn": source} for source in sources],
        **members,
    }


def script_of(*deployments: dict[str, Any]) -> Script:
    """Return a script of a service that had *deployments*; its service revision r1 runs `web:1`."""
    script = Script()
    briefs = [{"serviceDeploymentArn": one["serviceDeploymentArn"]} for one in deployments]
    script.says("ListServiceDeployments", {"serviceDeployments": briefs})
    known = {one["serviceDeploymentArn"]: one for one in deployments}

    def describe(body: Body) -> dict[str, Any]:
        arns = body["serviceDeploymentArns"]
        return {"serviceDeployments": [known[arn] for arn in arns], "failures": []}

    def revisions(body: Body) -> dict[str, Any]:
        arns = body["serviceRevisionArns"]
        found = [{"serviceRevisionArn": arn, "taskDefinition": PREFIX + arn[1:]} for arn in arns]
        return {"serviceRevisions": found, "failures": []}

    script.replies("DescribeServiceDeployments", describe)
    script.replies("DescribeServiceRevisions", revisions)
    script.replies(
        "DescribeTaskDefinition",
        lambda body: {
            "taskDefinition": {**DEFINITION, "taskDefinitionArn": body["taskDefinition"]},
            "tags": [],
        },
    )
    return script


async def read(script: Script) -> History:
    """Return the history that a script tells of `WEB`."""
    async with scripted(script) as session:
        return await ecs_reader(session).history(WEB)
