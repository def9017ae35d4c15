"""What ECS makes of a registered document when it describes it [facts 3.5, 4.5].

Written from the facts alone, without a look at the code that undoes it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from controller.core.document.json import Json

EMPTY_IN_A_CONTAINER = (
    *("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"),
)


def described(sent: Mapping[str, Json], *, number: int = 7) -> dict[str, Any]:
    """Return *sent* as DescribeTaskDefinition shows it."""
    shown: dict[str, Any] = copy.deepcopy(dict(sent))
    for container in shown["containerDefinitions"]:
        _fill(container, awsvpc=shown.get("networkMode") == "awsvpc")
    shown.setdefault("volumes", [])
    shown.setdefault("placementConstraints", [])
    family = shown.get("family")
    return shown | {
        "taskDefinitionArn": f"arn:aws:ecs:eu-central-1:111122223333:task-definition/{family}:7",
        "revision": number,
        "status": "ACTIVE",
        "requiresAttributes": [{"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"}],
        "compatibilities": ["EC2", "FARGATE"],
        "registeredAt": 1763800000.25,
        "registeredBy": "arn:aws:sts::111122223333:assumed-role/ecs-logging/session",
    }


def _fill(container: dict[str, Any], *, awsvpc: bool) -> None:
    container.setdefault("cpu", 0)
    container.setdefault("essential", True)
    for member in EMPTY_IN_A_CONTAINER:
        container.setdefault(member, [])
    for mapping in container["portMappings"]:
        mapping.setdefault("protocol", "tcp")
        if awsvpc:
            if not mapping.get("hostPort"):
                mapping["hostPort"] = mapping["containerPort"]
        else:
            mapping.setdefault("hostPort", 0)
    if "firelensConfiguration" in container:
        container.setdefault("user", "0")
