"""Every write leaves a record: what was changed, by what, when, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from controller.core.record import Record, Result
from controller.sandbox import LOST_ANSWER
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import ACCOUNT, REGION, awslogs, container, task_definition
from tests.leaks import leaks_in

TO_WEB = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web"
FIELDS = {"at", "move", "result", "code", "policy", "rules", "policy_digest", "patch", "from", "to"}
OF_A_SERVICE = FIELDS | {"account", "region", "cluster", "service"}


def records(controller: Controller) -> list[Record]:
    return [one.record for one in controller.told if one.record is not None]


async def test_a_roll_is_recorded_with_its_policy_its_patch_and_whence_and_whither(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")

    await controller.settles()

    register, roll = (one for one in records(controller) if one.ref == web)
    assert (register.move, register.result, register.code) == ("Register", Result.DONE, None)
    assert (register.came_from, register.went_to) == (f"{TO_WEB}:1", f"{TO_WEB}:2")
    assert (roll.move, roll.came_from, roll.went_to) == ("Roll", f"{TO_WEB}:1", f"{TO_WEB}:2")
    for one in (register, roll):
        assert (one.policy, one.policy_digest) == ("production", controller.policies.digest)
        assert one.rules == ("awslogs-options", "delivery-mode")[-len(one.rules) :]
        assert one.patch
        assert {operation["op"] for operation in one.patch} <= {"add", "replace", "remove"}


async def test_there_are_as_many_records_as_writes(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    aws.runs("api")
    aws.sandbox.fails(lambda one: one["family"] == "api" and one["revision"] > 1)

    await controller.settles()

    done = [one for one in records(controller) if one.result is Result.DONE]
    assert len(done) == len(aws.writes()) + len(aws.remembered())


async def test_a_return_has_no_patch_and_tells_whence_it_came(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.fails(lambda one: one["revision"] > 1)

    await controller.settles()

    back = next(one for one in records(controller) if one.move in {"Stop", "Return"})
    assert (back.patch, back.rules, back.came_from) == ((), (), f"{TO_WEB}:2")


async def test_what_aws_refuses_is_recorded_with_its_code(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    aws.sandbox.deny("UpdateService")

    await controller.settles()

    refused = next(one for one in records(controller) if one.move == "Roll")
    assert (refused.result, refused.code) == (Result.REFUSED, "AccessDeniedException")


async def test_a_write_whose_answer_was_lost_is_recorded_as_lost(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.plan("UpdateService", LOST_ANSWER)

    await controller.settles()

    lost = next(one for one in records(controller) if one.result is Result.LOST)
    assert (lost.ref, lost.move) == (web, "Roll")


def line_of(log: Any, move: str) -> Mapping[str, Any]:
    return next(one for one in log if one.get("move") == move)


async def test_the_log_line_of_a_write_has_all_of_it_under_stable_names(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")

    async with controller.runs() as running:
        await aws.sees(lambda: bool(aws.rolled()))
        await aws.sees(lambda: True)

    line = line_of(running.log, "Roll")
    assert line.keys() >= OF_A_SERVICE
    assert line["event"] == "started the roll to web:2"
    assert (line["result"], line["from"], line["to"]) == ("Done", f"{TO_WEB}:1", f"{TO_WEB}:2")
    assert (line["account"], line["region"], line["cluster"], line["service"]) == (
        *(ACCOUNT, REGION),
        *("prod", "web"),
    )
    assert json.loads(json.dumps(line["patch"])) == line["patch"] != []


async def test_the_log_line_of_a_refused_write_warns(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    aws.sandbox.deny("RegisterTaskDefinition")

    async with controller.runs() as running:
        await aws.sees(lambda: bool(aws.calls("RegisterTaskDefinition")))
        await aws.sees(lambda: True)

    line = line_of(running.log, "Register")
    assert (line["event"], line["log_level"]) == ("a write was refused", "warning")
    assert (line["result"], line["code"], line["to"]) == ("Refused", "AccessDeniedException", None)


async def test_no_record_shows_a_value_of_the_environment(aws: Aws, controller: Controller) -> None:
    secret = {"name": "TOKEN", "value": "CANARY" + "-0123456789ab"}
    logging = awslogs("/ecs/web", mode="blocking")
    aws.runs("web", task_definition("web", container(logging=logging, environment=[secret])))
    fleet = seed(aws.sandbox)

    async with controller.runs() as running:
        await aws.sees(lambda: len(aws.rolled()) > 3)
        await aws.sees(lambda: True)

    lines = [one for one in running.log if "move" in one]
    shown = json.dumps([dict(one) for one in lines], default=str)
    assert len(lines) > 6
    assert leaks_in(shown) == ()
    assert [one for one in fleet.canaries() if one in shown] == []
