"""The controller's memory is disposable: with a new process for every look, it does the same.

Each scenario is lived through twice: by one process that makes all looks, and by processes that
make one look each and know nothing of each other. What is written must be the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from aiobotocore.session import AioSession

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.service.memory import MEMORY
from controller.core.state.conflicts import Conflict, conflict_tag, conflict_value
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.given import ACCOUNT, REGION, awslogs, container, policy, task_definition
from tests.virtual_time import EPOCH

EVERY: Final = 40.0
"""Seconds between two looks."""
LOOKS: Final = 24
ROOT: Final = Path(__file__).parents[2]
WEB: Final = ServiceRef(ACCOUNT, REGION, "aws", "prod", "web")
OFTEN: Final = {"maxPer": {"share": "100%", "in": "1m"}, "maxFailures": 9}
QUICK: Final = {"bakeTime": "30s", "progressDeadline": "2m"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is there at first, what others do before which look, and which facts are needed in it.

    `writes` is how many writes it takes at least: a scenario in which nothing happens proves
    nothing. `compared` is the operation that is compared, if not all are.
    """

    name: str
    facts: tuple[str, ...]
    writes: int
    given: Callable[[Aws], object] = lambda aws: aws.runs("web", image(1))
    policies: PolicySet = field(default_factory=lambda: policy(rollout={**OFTEN, **QUICK}))
    events: Mapping[int, Callable[[Aws], object]] = field(default_factory=dict)
    compared: str = ""


def image(number: int, family: str = "web") -> dict[str, Any]:
    """Return what a pipeline's release of this number brings, with the old logging."""
    logging = awslogs(f"/ecs/{family}", mode="blocking")
    return task_definition(family, container(logging=logging, image=f"shop/web:{number}"))


def releases(number: int) -> Callable[[Aws], object]:
    """Return how a pipeline releases an image with the old logging."""
    return lambda aws: aws.releases(WEB, image(number))


def goes_back(aws: Aws) -> None:
    """Take the service back to what it ran at first, as a person does."""
    aws.updates(WEB, taskDefinition="web:1")


def several(aws: Aws) -> None:
    """Run three services, all of which drift."""
    for name in ("one", "two", "three"):
        aws.runs(name, image(1, name))


def in_conflict(aws: Aws) -> None:
    """Run a service that drifts, and of which the cluster remembers a conflict of long ago."""
    aws.runs("web", image(1))
    value = conflict_value(Conflict(EPOCH - timedelta(days=30), "ConflictingManager"))
    tag = {"key": conflict_tag(WEB.arn), "value": value}
    aws.call("ecs", "TagResource", resourceArn=WEB.cluster_arn, tags=[tag])


def failing(**members: Any) -> Callable[[Aws], object]:
    """Return how a service is made on which every corrected revision fails."""

    def given(aws: Aws) -> None:
        aws.runs("web", image(1), **members)
        aws.sandbox.fails(lambda document: int(document["revision"]) > 1)

    return given


def approves(aws: Aws) -> None:
    """Write what `approve` writes, a moment before now."""
    now = EPOCH + timedelta(seconds=asyncio.get_running_loop().time())
    tag = {"key": "ecs-logging/approve", "value": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    aws.call("ecs", "TagResource", resourceArn=WEB.arn, tags=[tag])


SCENARIOS: Final = (
    Scenario(
        "a roll that succeeds",
        facts=(
            "A revision is ours.",
            "The revision that ours corrects.",
            "A revision for this base and document is registered already.",
            "A roll of ours is going on, and since when.",
            "The roll has completed, and since when.",
            "The deployment is the one that we started.",
            "A log group is ours, and its retention is still to be set.",
        ),
        writes=4,
    ),
    Scenario(
        "a roll that fails, and is tried again at a person's word",
        facts=(
            "A patch failed on this service, when, and on which base.",
            "A person has approved a service, and since when what was before is forgiven.",
            "Since when a roll makes no progress.",
        ),
        writes=12,
        given=failing(),
        events={14: approves},
    ),
    Scenario(
        "a roll that ECS rolls back",
        facts=("A patch failed on this service, when, and on which base.",),
        writes=6,
        given=failing(deploymentConfiguration=BREAKER),
        events={8: releases(2)},
    ),
    Scenario(
        "releases over ours",
        facts=("Somebody undid a roll of ours: who, when, and whether by a release or a revert.",),
        writes=8,
        policies=policy(rollout={**OFTEN, **QUICK, "bakeTime": "1s", "settle": "1m"}),
        events={5: releases(2), 11: releases(3), 17: releases(4)},
    ),
    Scenario(
        "a release over ours that settles",
        facts=("A release over ours is over, and since when.",),
        writes=6,
        policies=policy(rollout={**OFTEN, **QUICK, "settle": "4m"}),
        events={6: releases(2)},
    ),
    Scenario(
        "reverts, and a person who says yes",
        facts=(
            "Somebody undid a roll of ours: who, when, and whether by a release or a revert.",
            "A person has approved a service, and since when what was before is forgiven.",
        ),
        writes=6,
        policies=policy(rollout={**OFTEN, **QUICK, "bakeTime": "1s"}),
        events={5: goes_back, 11: goes_back, 18: approves},
    ),
    Scenario(
        "a conflict of which the history tells no more, and a person who says yes",
        facts=("Somebody undoes the corrections of a service, and no person has approved since.",),
        writes=4,
        given=in_conflict,
        events={8: approves},
    ),
    Scenario(
        "services that take turns",
        facts=(
            "How many services were rolled within the day.",
            "How the last rolls of each service ended, and when.",
            "Under which policies a roll has succeeded, so that others may follow.",
        ),
        writes=2,
        given=several,
        # A place in the budget that was taken by registering alone is known to its process only.
        compared="UpdateService",
        policies=policy(rollout={**QUICK, "maxPer": {"share": "67%", "in": "24h"}}),
    ),
    Scenario(
        "a family that is registered often",
        facts=("How often a family was registered within the hour.",),
        writes=6,
        policies=policy(rollout={**OFTEN, **QUICK, "bakeTime": "1s", "maxRecorrections": 9}),
        events={5: releases(2), 10: releases(3), 15: releases(4)},
    ),
)

ELSEWHERE: Final = {
    "By which AppSpec CodeDeploy deployed the service.": "tests/fleet/test_code_deploy.py",
    "A deployment of ours by CodeDeploy goes on, or how it ended.": (
        "tests/fleet/test_code_deploy.py"
    ),
    "Which log drivers have proven themselves on a service.": "tests/fleet/test_patience.py",
    "Which set of policies was last in force, and how many services it governed.": (
        "tests/fleet/test_policy_impact_killed.py"
    ),
    "A person has approved a set of policies.": "tests/fleet/test_policy_impact_killed.py",
    "A person has paused a cluster, and who, and when.": "tests/fleet/test_said.py",
    "A person has acknowledged the failures that stopped the line, and when.": (
        "tests/fleet/test_said.py"
    ),
    "A person has let a wave of a policy begin, under one set of policies.": (
        "tests/fleet/test_said.py"
    ),
    "ECS did not keep a revision as it was sent, and nobody has looked into it.": (
        "tests/fleet/test_unknown_member.py"
    ),
}
"""Facts that other tests are about, in which one process follows another."""


async def lived(scenario: Scenario, models: AioSession, *, restarts: bool) -> list[str]:
    """Live through a scenario, and return what was written, in its order."""
    aws = Aws()
    scenario.given(aws)
    controller = Controller(aws, models)
    controller.policies = scenario.policies
    async with aws.scheduling():
        if restarts:
            for number in range(LOOKS):
                async with controller.process() as process:
                    await one_look(aws, scenario, number, process.looks)
        else:
            async with controller.process() as process:
                for number in range(LOOKS):
                    await one_look(aws, scenario, number, process.looks)
    return [
        f"{one.operation} {said_of(one.body or {})}"
        for one in aws.writes(scenario.compared or None)
    ]


async def one_look(
    aws: Aws, scenario: Scenario, number: int, looks: Callable[[], Awaitable[None]]
) -> None:
    """Let others do what they do, and the process look; then let some time pass."""
    if (event := scenario.events.get(number)) is not None:
        event(aws)
    await looks()
    await asyncio.sleep(EVERY)


def said_of(body: Mapping[str, Any]) -> str:
    """Return what a write is about, without what differs from one run to the next."""
    named = ("service", "taskDefinition", "family", "logGroupName", "resourceArn")
    return " ".join(str(body[key]).rsplit("/", 1)[-1] for key in named if key in body)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
async def test_with_no_memory_at_all_the_same_is_written(
    scenario: Scenario, models: AioSession
) -> None:
    remembering = await lived(scenario, models, restarts=False)
    forgetting = await lived(scenario, models, restarts=True)

    assert forgetting == remembering
    assert len(remembering) >= scenario.writes, remembering


def test_every_fact_that_is_remembered_has_its_scenario() -> None:
    proven = {fact for one in SCENARIOS for fact in one.facts} | ELSEWHERE.keys()

    assert proven == {one.fact for one in MEMORY}
    assert all((ROOT / path).is_file() for path in ELSEWHERE.values())
