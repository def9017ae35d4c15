"""Scenes in which a gate holds `prod/web` back: one for each refusal that a page shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from controller.core.service.registration import MAX_BYTES
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.code_deploy import CodeDeploy
from tests.fleet.controller import Controller
from tests.fleet.given import (
    Json,
    awslogs,
    container,
    destination,
    for_fargate,
    policy,
    task_definition,
)
from tests.fleet.passing import A_MINUTE, AN_HOUR, is_at_rest
from tests.fleet.person import types
from tests.fleet.test_kill_switch import SWITCH, says

Scene = Callable[[Aws, Controller], Awaitable[None]]

_OFTEN: Final = {"maxPer": {"share": "100%", "in": "1m"}, "maxFailures": 9}
_AT_TEN: Final = {"zone": "Europe/Berlin", "allow": {"from": "22:00", "to": "24:00"}}


def _release(number: int, mode: str = "blocking") -> Json:
    """Return what a pipeline's release of this number brings, with the old logging."""
    logging = awslogs("/ecs/web", mode=mode)
    return task_definition("web", container(logging=logging, image=f"shop/web:{number}"))


async def supported(aws: Aws, controller: Controller) -> None:
    """Something else than ECS deploys it."""
    CodeDeploy(aws).runs("web")


async def ownership(aws: Aws, controller: Controller) -> None:
    """A stack owns it."""
    web = aws.runs("web")
    aws.sandbox.tags(web.arn).append({"key": "aws:cloudformation:stack-name", "value": "shop"})


async def way_back(aws: Aws, controller: Controller) -> None:
    """What it runs was deregistered."""
    aws.runs("web")
    aws.call("ecs", "DeregisterTaskDefinition", taskDefinition="web:1")


async def name_collision(aws: Aws, controller: Controller) -> None:
    """The template gives two services one log group by accident."""
    group = destination(group="/{cluster}{service}")
    aws.call("ecs", "CreateCluster", clusterName="pro")
    controller.policies = policy(destinations=[{**group, "keep": []}], match=[{"clusters": ["*"]}])
    aws.runs("web", task_definition("web", container()))
    aws.runs("dweb", task_definition("dweb", container()), cluster="pro")


async def execution_role(aws: Aws, controller: Controller) -> None:
    """On Fargate, and without the role by which logs are sent."""
    document = for_fargate(task_definition("web", container()))
    del document["executionRoleArn"]
    aws.runs("web", document)


async def size(aws: Aws, controller: Controller) -> None:
    """Nearly as large as ECS takes."""
    document = task_definition("web", container(dockerLabels={"notes": ""}))
    room = MAX_BYTES - len(json.dumps(document)) - 100
    aws.runs("web", task_definition("web", container(dockerLabels={"notes": "x" * room})))


async def scaled_up(aws: Aws, controller: Controller) -> None:
    """It wants no task."""
    aws.runs("web", desired=0)


async def interruption(aws: Aws, controller: Controller) -> None:
    """Its deployments may stop everything first."""
    percent = {"minimumHealthyPercent": 0, "maximumPercent": 100}
    aws.runs("web", deploymentConfiguration=percent)


async def steady(aws: Aws, controller: Controller) -> None:
    """Somebody deploys it now."""
    web = aws.runs("web", _release(1))
    aws.sandbox.stalls(lambda one: one["revision"] > 1)
    aws.releases(web, _release(2))


async def alarmed(aws: Aws, controller: Controller) -> None:
    """An alarm of its deployments sounds already."""
    alarms = {"alarmNames": ["errors"], "enable": True, "rollback": True}
    aws.sandbox.alarm("errors", "ALARM")
    aws.runs("web", deploymentConfiguration={"alarms": alarms})


async def family(aws: Aws, controller: Controller) -> None:
    """A pipeline has registered a revision that nothing runs yet."""
    aws.runs("web", _release(1))
    aws.registers(_release(2))


async def held(aws: Aws, controller: Controller) -> None:
    """The correction has failed on it."""
    aws.runs("web", deploymentConfiguration=BREAKER)
    aws.sandbox.fails(lambda one: one["revision"] == 2)
    await controller.settles()


async def code_deploy(aws: Aws, controller: Controller) -> None:
    """CodeDeploy is to deploy it, and no deployment group says how."""
    controller.policies = policy(allow={"codeDeploy": True})
    aws.runs("web", deploymentController={"type": "CODE_DEPLOY"})


async def conflict(aws: Aws, controller: Controller) -> None:
    """Somebody has taken the corrected logging off it twice."""
    controller.policies = policy(rollout=_OFTEN)
    web = aws.runs("web", _release(1))
    for _ in range(2):
        await controller.settles()
        await asyncio.sleep(AN_HOUR)
        aws.updates(web, taskDefinition="web:1")
        await is_at_rest(aws, web)


async def settled(aws: Aws, controller: Controller) -> None:
    """A release has brought the old logging back, just now."""
    controller.policies = policy(rollout={**_OFTEN, "settle": "10m"})
    web = aws.runs("web", _release(1))
    await controller.settles()
    aws.releases(web, _release(2))
    await is_at_rest(aws, web)


async def cooldown(aws: Aws, controller: Controller) -> None:
    """It was rolled a moment ago."""
    controller.policies = policy(rollout=_OFTEN)
    web = aws.runs("web", _release(1))
    await controller.settles()
    aws.releases(web, _release(2))
    await is_at_rest(aws, web)
    controller.policies = policy(rollout={**_OFTEN, "cooldown": "1h"})


async def registrations(aws: Aws, controller: Controller) -> None:
    """Its family was registered twice within the hour, for others that share it."""
    controller.policies = policy(rollout=_OFTEN)
    shared = aws.registers(task_definition("shared", container()))
    for name in ("api", "auth", "web"):
        aws.runs(name, shared)
    async with controller.process() as process:
        for _ in range(20):
            await process.looks()
            await aws.sees(lambda: True)


async def consumers(aws: Aws, controller: Controller) -> None:
    """Somebody counts the errors in the group that it would leave."""
    controller.policies = policy(destinations=[{**destination(), "keep": []}])
    aws.makes_log_group("/old/web", days=30)
    errors = {"metricName": "errors", "metricNamespace": "shop", "metricValue": "1"}
    aws.call(
        "logs",
        "PutMetricFilter",
        logGroupName="/old/web",
        filterName="errors",
        filterPattern="ERROR",
        metricTransformations=[errors],
    )
    aws.runs("web", task_definition("web", container(logging=awslogs("/old/web"))))


async def process_yes(aws: Aws, controller: Controller) -> None:
    """Nobody has told this process to write."""
    aws.runs("web")


async def kill_switch(aws: Aws, controller: Controller) -> None:
    """Somebody has pulled the switch."""
    controller.settings = replace(controller.settings, kill_switch=SWITCH)
    says(aws, "on")
    aws.runs("web")


async def paused(aws: Aws, controller: Controller) -> None:
    """A person has paused its cluster."""
    aws.runs("web")
    types(controller, "pause", "--cluster", "prod", "--yes")


async def unknown_member(aws: Aws, controller: Controller) -> None:
    """ECS did not keep what it was sent."""
    document = task_definition("web", container(logging=awslogs("/ecs/web", mode="blocking")))
    aws.runs("web", {**document, "tomorrow": {"enabled": True}})
    aws.sandbox.behaviour.drops = {"tomorrow"}
    await controller.settles()


async def policy_impact(aws: Aws, controller: Controller) -> None:
    """A new set of policies would change every service."""
    controller.policies = policy(rollout=_OFTEN)
    for name in ("api", "web", "www"):
        aws.runs(name)
    await controller.settles()
    controller.policies = policy(destinations=[destination(maxBufferSize="25m")], rollout=_OFTEN)


async def line(aws: Aws, controller: Controller) -> None:
    """The correction has failed on two others."""
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})
    aws.sandbox.fails(lambda one: one["revision"] > 1)
    for name in ("api", "auth", "web"):
        aws.runs(name, deploymentConfiguration=BREAKER)
    await controller.settles()


async def window(aws: Aws, controller: Controller) -> None:
    """It is not yet time."""
    controller.policies = policy(rollout={"windows": [_AT_TEN]})
    aws.runs("web")


async def wave(aws: Aws, controller: Controller) -> None:
    """Those of the wave before are not done."""
    first = {"name": "canaries", "match": [{"services": ["api"]}]}
    rest = {"name": "others"}
    controller.policies = policy(rollout={"waves": [first, rest]})
    aws.runs("api")
    aws.runs("web")


async def promotion(aws: Aws, controller: Controller) -> None:
    """Those of the wave before are done, and a person is to say so."""
    first = {"name": "canaries", "match": [{"services": ["api"]}], "promotion": "Manual"}
    controller.policies = policy(rollout={"waves": [first, {"name": "others"}]})
    aws.runs("api")
    aws.runs("web")
    await controller.settles()
    await asyncio.sleep(11 * A_MINUTE)


async def log_groups(aws: Aws, controller: Controller) -> None:
    """Its log group is to be made by somebody else."""
    controller.policies = policy(logGroup={"create": False})
    aws.runs("web")


async def within_budget(aws: Aws, controller: Controller) -> None:
    """Another was rolled today."""
    controller.policies = policy(rollout={"maxPer": {"share": "10%", "in": "24h"}})
    for name in ("api", "web"):
        aws.runs(name)
    await controller.settles()


async def known(aws: Aws, controller: Controller) -> None:
    """What ECS makes of a container without a mode may not be read."""
    blocks, says_nothing = awslogs("/ecs/web", mode="blocking"), awslogs("/ecs/web")
    del says_nothing["options"]["mode"]
    containers = container("app", blocks), container("sidecar", says_nothing)
    aws.runs("web", task_definition("web", *containers))
    aws.sandbox.deny("ListAccountSettings")


SCENES: Final[tuple[tuple[str, Scene], ...]] = (
    ("supported", supported),
    ("ownership", ownership),
    ("way_back", way_back),
    ("known", known),
    ("name_collision", name_collision),
    ("execution_role", execution_role),
    ("size", size),
    ("scaled_up", scaled_up),
    ("interruption", interruption),
    ("steady", steady),
    ("steady", alarmed),
    ("family", family),
    ("held", held),
    ("code_deploy", code_deploy),
    ("conflict", conflict),
    ("settled", settled),
    ("registrations", registrations),
    ("cooldown", cooldown),
    ("consumers", consumers),
    ("process_yes", process_yes),
    ("kill_switch", kill_switch),
    ("paused", paused),
    ("unknown_member", unknown_member),
    ("policy_impact", policy_impact),
    ("line", line),
    ("window", window),
    ("wave", wave),
    ("wave", promotion),
    ("log_groups", log_groups),
    ("within_budget", within_budget),
)
"""Each with the gate that holds in it, in the order of the gates."""
