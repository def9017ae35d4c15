"""Services that share a task definition share its correction, and nothing else."""

from __future__ import annotations

import asyncio

from controller.core.refs import ServiceRef
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant
from tests.fleet.given import container, policy, task_definition

KEPT = task_definition("shared")  # its group is kept, so all services want the same
UNLOGGED = task_definition("shared", container())  # its group is named after each service


def three(aws: Aws, document: dict[str, object]) -> list[ServiceRef]:
    """Return three services that run one task definition."""
    shared = aws.registers(document)
    return [aws.runs(name, shared) for name in ("one", "three", "two")]


async def test_services_with_one_base_and_one_document_share_one_revision(
    aws: Aws, controller: Controller
) -> None:
    services = three(aws, KEPT)
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert aws.rolled() == ["shared:2"] * 3


async def test_they_share_it_also_when_they_are_rolled_at_the_same_time(
    aws: Aws, controller: Controller
) -> None:
    services = three(aws, KEPT)
    most = 0

    def witness() -> None:
        nonlocal most
        most = max(most, sum(len(aws.service(ref).deployments) > 1 for ref in services))

    aws.witnesses.append(witness)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert most == 3
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert aws.rolled() == ["shared:2"] * 3


async def test_services_that_want_different_documents_get_a_revision_each(
    aws: Aws, controller: Controller
) -> None:
    services = three(aws, UNLOGGED)

    async with controller.process() as process:
        for _ in range(20):
            await process.looks()
            await aws.sees(lambda: True)

    # At most two registrations in a family and hour: the third has to wait.
    assert len(aws.writes("RegisterTaskDefinition")) == 2
    assert sorted(aws.rolled()) == ["shared:2", "shared:3"]
    waiting = [ref for ref in services if aws.revision(ref) == 1]
    assert len(waiting) == 1
    said = process.outcome(waiting[0]).reason
    assert said is not None
    assert said.code == "RegistrationLimit"


async def test_after_an_hour_the_third_of_them_is_rolled_too(
    aws: Aws, controller: Controller
) -> None:
    services = three(aws, UNLOGGED)
    await controller.settles()
    await asyncio.sleep(3600)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert {aws.running(ref)["revision"] for ref in services} == {2, 3, 4}
    groups = {aws.logging(ref)["options"]["awslogs-group"] for ref in services}
    assert groups == {"/ecs/one", "/ecs/two", "/ecs/three"}
