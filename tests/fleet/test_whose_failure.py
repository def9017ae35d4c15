"""Who went back from a roll, and whose failure it was: what each of them counts for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import cycle, islice

import pytest

from controller.core.refs import ServiceRef
from tests.fleet.aws import BREAKER, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import destination, policy
from tests.fleet.passing import AN_HOUR, days_pass, is_approved, is_at_rest
from tests.fleet.test_held import WHATEVER_FAILS, image, logs_well

# ── a person's revert is no failed roll of ours ───────────────────────────────────────────────────

OFTEN = policy(rollout={"maxPer": {"share": "100%", "in": "1m"}})


async def test_reverts_of_completed_rolls_do_not_stop_the_line(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = OFTEN
    services = [aws.runs(name) for name in ("api", "auth")]
    await controller.settles()
    await asyncio.sleep(AN_HOUR)
    for ref in services:
        aws.updates(ref, taskDefinition=f"{ref.name}:1")
        await is_at_rest(aws, ref)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)


async def test_going_back_while_rolls_go_on_does_not_stop_the_line_and_is_held(
    aws: Aws, controller: Controller
) -> None:
    controller.policies = OFTEN
    services = [aws.runs(name) for name in ("api", "auth")]
    aws.sandbox.stalls(lambda one: one["family"] != "web" and one["revision"] > 1)
    settling = asyncio.create_task(controller.settles())
    await aws.sees(lambda: sorted(aws.rolled()) == ["api:2", "auth:2"])
    for ref in services:
        aws.updates(ref, taskDefinition=f"{ref.name}:1")
    await settling
    web = aws.runs("web")

    report = await controller.settles()

    assert is_compliant(report, web)
    for ref in services:
        told = outcome(report, ref).reason
        assert told is not None
        assert (told.code, "or was not wanted" in told.message) == ("HeldAfterFailure", True)


# ── a failure is one, whichever instance of the controller tried ──────────────────────────────────


async def test_what_failed_under_one_name_is_not_tried_under_another(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web", image(1), deploymentConfiguration=BREAKER)
    aws.sandbox.fails(logs_well)
    await controller.settles()
    tried = aws.rolled()
    controller.settings = replace(controller.settings, instance="another")

    assert reason(await controller.settles(), web) == "OwnedElsewhere"
    controller.policies = policy(owners={"controller": "Enforce"})
    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    aws.releases(web, image(2))
    await is_at_rest(aws, web)
    assert reason(await controller.settles(), web) == "HeldAfterFailure"
    assert aws.rolled() == tried


async def test_what_another_instance_runs_is_left_to_it(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")
    assert is_compliant(await controller.settles(), web)
    controller.settings = replace(controller.settings, instance="another")
    controller.policies = policy(destinations=[destination(maxBufferSize="25m")])

    assert reason(await controller.settles(), web) == "OwnedElsewhere"
    assert aws.rolled() == ["web:2"]


# ── no tag may be written, for good ───────────────────────────────────────────────────────────────


def fails_so(aws: Aws, web: ServiceRef, manners: list[str]) -> None:
    """Let each corrected revision fail in the next manner: at its start, or once it has baked."""
    manner_of: dict[int, str] = {}
    broken: set[int] = set()
    to_come = iter(manners)

    def fails(one: dict[str, object]) -> bool:
        number = int(str(one["revision"]))
        if not logs_well(one):
            return False
        if number not in manner_of:
            manner_of[number] = next(to_come)
        return manner_of[number] == "at once" or number in broken

    def witness() -> None:
        primary, number = aws.service(web).deployments[0], aws.revision(web)
        if manner_of.get(number) == "later" and primary.rollout == "COMPLETED":
            broken.add(number)
            primary.running = 0

    aws.sandbox.fails(fails)
    aws.witnesses.append(witness)


@pytest.mark.parametrize(
    ("manners", "held_by"),
    [
        (("at once",), "HeldAfterFailure"),
        (("later",), "ConflictingManager"),
        (("at once", "later"), "HeldAfterFailure"),
        (("later", "at once"), "HeldAfterFailure"),
    ],
    ids=str,
)
async def test_without_the_right_to_tag_a_patch_is_tried_twice_at_most(
    aws: Aws,
    controller: Controller,
    manners: tuple[str, ...],
    held_by: str,
) -> None:
    controller.policies = WHATEVER_FAILS
    aws.sandbox.deny("TagResource")
    web = aws.runs("web", image(1))
    fails_so(aws, web, list(islice(cycle(manners), 9)))

    for number in range(2, 5):
        for _ in range(2):
            await controller.settles()
        aws.releases(web, image(number))
        await is_at_rest(aws, web)
        await days_pass(aws, 8)
    await controller.settles()

    family = aws.family("web")
    brought = [one for one in aws.rolled() if logs_well(family[int(one.split(":")[1]) - 1])]
    assert len(brought) == 2, aws.rolled()
    aws.sandbox.allow("TagResource")
    assert reason(await controller.settles(), web) == held_by
    await is_approved(aws, web)
    await controller.settles()
    assert len(aws.writes("RegisterTaskDefinition")) == 3
