"""When a call is made again, in virtual time."""

from __future__ import annotations

import pytest
from botocore.exceptions import ReadTimeoutError

from controller.aws.ecs_writer import AwsEcsWriter
from controller.aws.retry import ATTEMPTS, LAST_START, retried
from controller.errors import DeniedError, LostError, RetryError, TerminalError, ThrottledError
from tests.aws.opened import REGION, WEB, ecs_reader, scripted
from tests.aws.scripted import Refused, Said, Script
from tests.virtual_time import VirtualClock, in_virtual_time

THROTTLED = Refused("ThrottlingException", "Rate exceeded")
FAULT = Refused("ServerException", "oops", status=500)
CUT = ReadTimeoutError(endpoint_url="https://ecs")
FOUND = {"clusterArns": ["arn:aws:ecs:us-east-1:123456789012:cluster/prod"]}
DOCUMENT = {"family": "web", "containerDefinitions": []}
REGISTERED = {"taskDefinition": {"taskDefinitionArn": "arn:web:1"}}


@pytest.mark.parametrize("mishap", [THROTTLED, FAULT, CUT, b"{", b""], ids=repr)
def test_a_read_is_made_again_after_a_mishap_that_passes(mishap: Said) -> None:
    @in_virtual_time
    async def read() -> None:
        script = Script()
        script.says("ListClusters", mishap, mishap, FOUND)
        async with scripted(script) as session:
            assert await ecs_reader(session).clusters() == ["prod"]

        assert len(script.asked) == 3
        assert VirtualClock().monotonic() >= 0.5 + 1.0

    read()


@in_virtual_time
async def test_throttling_that_does_not_end_is_raised_within_the_time_that_is_allowed() -> None:
    script = Script()
    script.says("ListClusters", THROTTLED)
    async with scripted(script) as session:
        with pytest.raises(ThrottledError):
            await ecs_reader(session).clusters()

    assert len(script.asked) == ATTEMPTS
    assert VirtualClock().monotonic() < LAST_START + 1


@in_virtual_time
async def test_no_attempt_begins_after_the_time_that_is_allowed() -> None:
    clock = VirtualClock()
    began: list[float] = []

    async def slow() -> None:
        began.append(clock.monotonic())
        await clock.sleep(12)
        raise RetryError("ListClusters", "ServerException", "oops")

    with pytest.raises(RetryError):
        await retried(slow, on=RetryError, clock=clock)

    assert len(began) == 3
    assert max(began) <= LAST_START


@pytest.mark.parametrize(
    ("refused", "raised"),
    [
        (Refused("AccessDeniedException"), DeniedError),
        (Refused("InvalidParameterException"), TerminalError),
    ],
)
def test_a_refusal_is_not_asked_for_twice(refused: Refused, raised: type[Exception]) -> None:
    @in_virtual_time
    async def read() -> None:
        script = Script()
        script.says("ListClusters", refused)
        async with scripted(script) as session:
            with pytest.raises(raised):
                await ecs_reader(session).clusters()

        assert len(script.asked) == 1

    read()


@pytest.mark.parametrize("mishap", [FAULT, CUT, b"{", b"{}", b'{"taskDefinition": {}}'], ids=repr)
def test_a_registration_whose_outcome_is_unknown_is_lost_and_never_repeated(mishap: Said) -> None:
    @in_virtual_time
    async def register() -> None:
        script = Script()
        script.says("RegisterTaskDefinition", mishap, REGISTERED)
        async with scripted(script) as session:
            with pytest.raises(LostError, match="family web"):
                await AwsEcsWriter(session.api("ecs", REGION)).register(DOCUMENT, {})

        assert len(script.asked) == 1

    register()


@in_virtual_time
async def test_a_registration_that_was_throttled_was_not_made_and_asks_for_another_look() -> None:
    script = Script()
    script.says("RegisterTaskDefinition", THROTTLED, REGISTERED)
    async with scripted(script) as session:
        with pytest.raises(ThrottledError):
            await AwsEcsWriter(session.api("ecs", REGION)).register(DOCUMENT, {})

    assert len(script.asked) == 1


@in_virtual_time
async def test_a_move_of_a_service_whose_answer_was_lost_is_not_repeated() -> None:
    script = Script()
    script.says("UpdateService", CUT, {"service": {}})
    async with scripted(script) as session:
        with pytest.raises(LostError):
            await AwsEcsWriter(session.api("ecs", REGION)).set_task_definition(WEB, "arn:web:2")

    assert script.bodies("UpdateService") == [
        {"cluster": "prod", "service": "web", "taskDefinition": "arn:web:2"}
    ]
