"""The kill switch: nothing starts unless it says `off`; what goes on is seen through."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from controller.core.refs import ServiceRef
from controller.core.state.kill_switch import Parameter
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason

SWITCH = Parameter("/logging/stop")


def says(aws: Aws, word: str) -> None:
    """Let a person write a word on the switch."""
    body = {"Name": SWITCH.name, "Value": word, "Type": "String", "Overwrite": True}
    aws.call("ssm", "PutParameter", **body)


@pytest.fixture
def web(aws: Aws, controller: Controller) -> ServiceRef:
    """A service that drifts, and a controller that asks the switch."""
    controller.settings = replace(controller.settings, kill_switch=SWITCH)
    return aws.runs("web")


async def test_off_lets_rolls_start(aws: Aws, controller: Controller, web: ServiceRef) -> None:
    says(aws, "Off\n")

    assert is_compliant(await controller.settles(), web)


@pytest.mark.parametrize("word", ["on", "stop", "offline", "0"])
async def test_any_other_word_stops_everything_that_is_new(
    aws: Aws, controller: Controller, web: ServiceRef, word: str
) -> None:
    says(aws, word)

    report = await controller.settles()

    assert reason(report, web) == "KillSwitch"
    assert aws.writes() == [], "log groups included"


async def test_a_switch_that_is_not_there_stops_as_well(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    report = await controller.settles()

    assert reason(report, web) == "KillSwitch"
    assert aws.writes() == []


async def test_a_switch_that_may_not_be_read_stops_as_well(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    says(aws, "off")
    aws.sandbox.deny("GetParameter")

    report = await controller.settles()

    assert reason(report, web) == "KillSwitch"
    said = outcome(report, web).reason
    assert said is not None
    assert "could not be read: GetParameter" in said.message
    assert aws.writes() == []


async def test_without_a_switch_nothing_is_asked(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")

    assert is_compliant(await controller.settles(), web)
    assert aws.calls("GetParameter") == []


async def test_a_word_is_heeded_within_ten_seconds(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    says(aws, "off")

    async with controller.runs():
        await aws.sees(lambda: bool(aws.rolled()))
        says(aws, "on")
        aws.forgets_requests()
        aws.runs("late")
        await asyncio.sleep(3600)

    assert aws.rolled() == []


async def test_a_roll_that_fails_is_returned_while_the_switch_is_on(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    says(aws, "off")
    aws.sandbox.fails(lambda document: document["revision"] == 2)
    running = asyncio.create_task(controller.settles())
    await aws.sees(lambda: aws.rolled() == ["web:2"])
    says(aws, "on")

    await running

    assert aws.service(web).task_definition == aws.family("web")[0]["taskDefinitionArn"]


async def test_all_services_share_a_reading(aws: Aws, controller: Controller) -> None:
    controller.settings = replace(controller.settings, kill_switch=SWITCH)
    for number in range(8):
        aws.runs(f"web-{number}")

    await controller.audits()

    assert len(aws.calls("GetParameter")) == 1


async def test_an_audit_tells_that_enforcement_would_be_stopped(
    aws: Aws, controller: Controller, web: ServiceRef
) -> None:
    says(aws, "on")

    report = await controller.audits()

    assert "KillSwitch" in [one.code for one in outcome(report, web).held_by]
