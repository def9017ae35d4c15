"""Task definitions for tests: as small as ECS allows."""

from __future__ import annotations

from typing import Any

AWSLOGS = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": "/ecs/web",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "ecs",
    },
}
NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}


def container(name: str = "app", **members: Any) -> dict[str, Any]:
    return {"name": name, "image": "nginx:1.27", "memory": 128, **members}


def document(*containers: dict[str, Any], family: str = "web", **members: Any) -> dict[str, Any]:
    return {
        "family": family,
        "containerDefinitions": list(containers) or [container()],
        **members,
    }


def fargate(*containers: dict[str, Any], **members: Any) -> dict[str, Any]:
    return document(
        *containers,
        **{
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "cpu": "256",
            "memory": "512",
            "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
            **members,
        },
    )
