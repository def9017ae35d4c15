"""What is given: policies, and task definitions that drift from them or not."""

from __future__ import annotations

import json
from typing import Any, Final

from controller.app.policies import KNOWN_RULES
from controller.core.policy.parse import parse
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source

Json = dict[str, Any]

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"

# ── policies ──────────────────────────────────────────────────────────────────────────────────────


def destination(**awslogs: str) -> Json:
    """Return the destination of `POLICY`, with some of it stated otherwise."""
    stated = {"group": "/ecs/{service}", "streamPrefix": "{service}", "mode": "non-blocking"}
    return {"awslogs": stated | awslogs}


_SPEC: Final[Json] = {
    "mode": "Enforce",
    "match": [{"clusters": ["prod*"]}],
    "destinations": [destination()],
    "logGroup": {"create": True, "retentionInDays": 30},
}
_ROLLOUT: Final[Json] = {
    "maxConcurrent": {"total": 5},
    "maxPer": {"share": "100%", "in": "24h"},
    "bakeTime": "1m",
    "progressDeadline": "10m",
    "cooldown": "0s",
    "settle": "0s",
}


def spec(*, rollout: Json | None = None, **members: Any) -> Json:
    """Return what a policy says: it enforces awslogs, quickly, save what is stated otherwise."""
    return {**_SPEC, "rollout": {**_ROLLOUT, **(rollout or {})}, **members}


def policies(**specs: Json) -> PolicySet:
    """Return the set of these policies, by name, as they are read from a file."""
    sources = [
        Source(f"{name}.yaml", json.dumps(_manifest(name, one))) for name, one in specs.items()
    ]
    parsed = parse(sources, known_rules=KNOWN_RULES)
    assert parsed.policies is not None, parsed.problems
    return parsed.policies


def policy(*, rollout: Json | None = None, **members: Any) -> PolicySet:
    """Return the set of one policy, `production`: see `spec`."""
    return policies(production=spec(rollout=rollout, **members))


def _manifest(name: str, stated: Json) -> Json:
    return {
        "apiVersion": "ecs-logging/v1alpha1",
        "kind": "LoggingPolicy",
        "metadata": {"name": name},
        "spec": stated,
    }


POLICY: Final = policy()

# ── task definitions ──────────────────────────────────────────────────────────────────────────────


def awslogs(group: str, **options: str) -> Json:
    """Return a log configuration as `POLICY` wants it, save *options* (`_` stands for `-`)."""
    stated = {
        "awslogs-group": group,
        "awslogs-region": REGION,
        "awslogs-stream-prefix": "ecs",
        "mode": "non-blocking",
    }
    changed = {key.replace("_", "-"): value for key, value in options.items()}
    return {"logDriver": "awslogs", "options": stated | changed}


def container(name: str = "app", logging: Json | None = None, **members: Any) -> Json:
    """Return a container definition, which logs nowhere unless *logging* says so."""
    stated: Json = {"name": name, "image": f"shop/{name}:1", "memory": 128, **members}
    return stated if logging is None else {**stated, "logConfiguration": logging}


def task_definition(family: str, *containers: Json, **members: Any) -> Json:
    """Return a body of RegisterTaskDefinition, for EC2; without *containers*, one that drifts."""
    listed = list(containers) or [container(logging=awslogs(f"/ecs/{family}", mode="blocking"))]
    return {"family": family, "containerDefinitions": listed, **members}


def for_fargate(document: Json) -> Json:
    """Return the body with all that Fargate asks for."""
    return {
        **document,
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/execution",
    }


def compliant(family: str) -> Json:
    """Return a body of RegisterTaskDefinition that is as `POLICY` wants it."""
    return task_definition(family, container(logging=awslogs(f"/ecs/{family}")))
