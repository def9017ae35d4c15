"""A conflict is remembered in AWS: however long ago it was, nothing but a person ends it."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest
from aiobotocore.session import AioSession

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.state.conflicts import conflict_tag
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import policy
from tests.fleet.killed import Death, killed
from tests.fleet.passing import A_MINUTE, AN_HOUR, days_pass, is_approved, is_at_rest
from tests.fleet.person import types
from tests.fleet.test_releases import image

OFTEN = {"maxPer": {"share": "100%", "in": "1m"}}
CORRECTS = policy(rollout=OFTEN)
REPORTS = policy(rollout={**OFTEN, "onRelease": "Report"})


def memory(aws: Aws, web: ServiceRef) -> str | None:
    """Return what the cluster remembers of the service."""
    return aws.tags(web.cluster_ref.arn).get(conflict_tag(web.arn))


async def a_conflict(
    aws: Aws, controller: Controller, policies: PolicySet, times: int
) -> ServiceRef:
    """Let a service be corrected and released over, so many times; nobody has looked since."""
    controller.policies = policies
    web = aws.runs("web", image(1))
    for number in range(times):
        assert is_compliant(await controller.settles(), web), number
        await asyncio.sleep(AN_HOUR)
        aws.releases(web, image(number + 2))
        await is_at_rest(aws, web)
    return web


async def much_later(aws: Aws, web: ServiceRef) -> None:
    """Let 20 days pass, and then 15 releases within as many hours, so that no roll is in sight."""
    await days_pass(aws, 20)
    for number in range(50, 65):
        aws.releases(web, image(number))
        await is_at_rest(aws, web)
        await asyncio.sleep(AN_HOUR)


@pytest.mark.parametrize(
    ("policies", "times", "code"),
    [(CORRECTS, 3, "ConflictingManager"), (REPORTS, 1, "ReleaseReported")],
    ids=["a conflict", "a release that is only reported"],
)
async def test_twenty_days_and_fifteen_releases_later_it_still_holds_until_approved(
    aws: Aws, controller: Controller, policies: PolicySet, times: int, code: str
) -> None:
    web = await a_conflict(aws, controller, policies, times)
    assert reason(await controller.settles(), web) == code
    remembered = memory(aws, web)
    aws.forgets_requests()
    await much_later(aws, web)

    report = await controller.settles()

    assert reason(report, web) == code
    told = outcome(report, web)
    assert told.reason is not None
    assert "the history of the service tells no more of it" in told.reason.message
    assert told.proposal is not None
    assert told.proposal.patch
    assert (aws.writes(), aws.remembered()) == ([], [])
    assert memory(aws, web) == remembered is not None

    types(controller, "approve", "prod/web")

    assert memory(aws, web) is None
    await asyncio.sleep(A_MINUTE)
    assert is_compliant(await controller.settles(), web)
    assert len(aws.rolled()) == 1


async def test_it_is_told_in_an_audit_too(aws: Aws, controller: Controller) -> None:
    web = await a_conflict(aws, controller, CORRECTS, 3)
    await controller.settles()
    await much_later(aws, web)

    assert reason(await controller.audits(), web) == "ConflictingManager"


async def test_an_audit_remembers_nothing(aws: Aws, controller: Controller) -> None:
    web = await a_conflict(aws, controller, CORRECTS, 3)

    assert reason(await controller.audits(), web) == "ConflictingManager"
    assert memory(aws, web) is None


async def test_a_yes_counts_where_the_tag_is_left(aws: Aws, controller: Controller) -> None:
    web = await a_conflict(aws, controller, CORRECTS, 3)
    await controller.settles()
    await much_later(aws, web)
    aws.sandbox.deny("UntagResource")

    told = types(controller, "approve", "prod/web").stdout

    assert "stays, and holds nothing any more" in " ".join(told.split())
    assert memory(aws, web) is not None
    await asyncio.sleep(A_MINUTE)
    assert is_compliant(await controller.settles(), web)


async def test_a_conflict_after_a_yes_is_remembered_anew(aws: Aws, controller: Controller) -> None:
    web = await a_conflict(aws, controller, CORRECTS, 3)
    await controller.settles()
    before = memory(aws, web)
    await is_approved(aws, web)
    for _ in range(2):
        assert is_compliant(await controller.settles(), web)
        await asyncio.sleep(AN_HOUR)
        back = aws.revision(web) - 1
        aws.updates(web, taskDefinition=f"web:{back}")
        await is_at_rest(aws, web)

    assert reason(await controller.settles(), web) == "ConflictingManager"
    assert before is not None
    assert (memory(aws, web) or "") > before


async def test_where_the_tag_may_not_be_written_the_history_holds_as_far_as_it_goes(
    aws: Aws, controller: Controller
) -> None:
    web = await a_conflict(aws, controller, CORRECTS, 3)
    aws.sandbox.deny("TagResource")
    aws.forgets_requests()

    async with controller.process() as process:
        await process.looks()
        assert (refused := process.outcome(web).reason) is not None
        await process.looks()
        assert (held := process.outcome(web).reason) is not None

    assert (refused.code, held.code) == ("AccessDenied", "ConflictingManager")
    assert "3 times" in held.message
    assert "the cluster prod may not be tagged with it" in held.message
    assert aws.writes() == []


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_it_is_written_down_the_same_is_remembered(
    models: AioSession, when: Literal["before", "after"]
) -> None:
    alive = await lived(models, None)
    died = await lived(models, Death(when, operation="TagResource"))

    assert died == alive
    assert died[0] == "ConflictingManager"


async def lived(models: AioSession, death: Death | None) -> tuple[str | None, int, list[str]]:
    """Live through a conflict, and perhaps die; return what is said much later, and was written."""
    aws = Aws()
    controller = Controller(aws, models)
    async with aws.scheduling():
        web = await a_conflict(aws, controller, CORRECTS, 3)
        if death is not None:
            assert await killed(aws, controller.settles, death)
            assert (memory(aws, web) is None) is (death.when == "before")
        await controller.settles()
        await much_later(aws, web)
        said = reason(await controller.settles(), web)
    return said, len(aws.remembered()), aws.rolled()
