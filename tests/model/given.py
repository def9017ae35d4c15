"""What runs are made of: policies, task definitions that drift in many ways, and fates of tasks."""

from __future__ import annotations

from typing import Final

from controller.core.policy.policy_set import PolicySet
from tests.fleet.given import (
    Json,
    awslogs,
    compliant,
    container,
    destination,
    policy,
    task_definition,
)

SPAN: Final = "40m"
BAKE: Final = "1m"
TAGS: Final = {"team": "shop"}


def policies(*, at_once: int, share: int, **members: str) -> dict[str, PolicySet]:
    """Return the sets that may be written in a run, by what is particular about them.

    `members` are stated of the rollout as well.
    """
    rollout = {
        "maxConcurrent": {"total": at_once},
        "maxPer": {"share": f"{share}%", "in": SPAN},
        "bakeTime": BAKE,
        **members,
    }
    buffered = [destination(maxBufferSize="2m")]
    return {
        "enforce": policy(rollout=rollout),
        "audit": policy(rollout=rollout, mode="Audit"),
        "buffer": policy(rollout=rollout, destinations=buffered),
    }


def drifts(family: str, image: str) -> dict[str, Json]:
    """Return bodies of RegisterTaskDefinition, by how they log; what none of our rules owns is odd.

    `image` is told in the first container, so that each release is another.
    """
    group = f"/ecs/{family}"
    named: Json = {"image": image}
    blocking = container(logging=awslogs(group, mode="blocking"), **named)
    odd = container(
        logging=awslogs(group, mode="blocking"),
        tomorrow={"kept": [1, {"deep": True}]},
        dockerLabels={"a": "b"},
        **named,
    )
    return {
        "blocking": task_definition(family, blocking, memory="512"),
        "odd": task_definition(family, odd, container("sidecar"), futureMember=[{"x": None}]),
        "silent": task_definition(family, container(**named)),
        "compliant": compliant(family) | {"runtimePlatform": {"cpuArchitecture": "ARM64"}},
    }


def is_non_blocking(document: Json) -> bool:
    """Tell whether a task logs without blocking: on some hosts that may be what breaks it."""
    logging = document["containerDefinitions"][0].get("logConfiguration", {})
    return bool(logging.get("options", {}).get("mode") == "non-blocking")


def is_broken(document: Json) -> bool:
    """Tell whether the release itself is bad, however it logs."""
    return "broken" in str(document["containerDefinitions"][0]["image"])
