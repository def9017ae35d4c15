"""What AWS answered is answered again, errors included; what nobody asked is NotSaved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from controller.core.inventory_file.questions import EXISTS, LOG_GROUP
from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer
from controller.errors import AwsError, ConflictError, DeniedError, RetryError, TerminalError
from controller.errors import ThrottledError as Throttled
from controller.saved.answers import Answers
from controller.saved.logs_reader import SavedLogsReader
from tests.core.service.given import GROUP


class Asked:
    """Answers a question, with the errors first, and counts how often it was asked."""

    def __init__(self, answer: bool, *errors: AwsError) -> None:  # noqa: FBT001  # the answer
        self.answer = answer
        self.errors = [*errors]
        self.times = 0

    async def __call__(self) -> bool:
        self.times += 1
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)
        return self.answer


async def ask(answers: Answers, live: Callable[[], Awaitable[bool]] | None) -> bool:
    """Ask whether the group exists."""
    return await answers.ask(EXISTS, GROUP.region, GROUP.arn, live)


async def test_a_question_is_asked_once_however_many_want_to_know() -> None:
    answers, live = Answers(), Asked(answer=True)

    told = await asyncio.gather(*(ask(answers, live) for _ in range(5)))

    assert (told, live.times) == ([True] * 5, 1)


async def test_what_was_answered_is_answered_without_aws() -> None:
    answers = Answers()
    await ask(answers, Asked(answer=True))

    assert await ask(Answers(answers.known), None) is True


@pytest.mark.parametrize("kind", [DeniedError, TerminalError, ConflictError, RetryError, Throttled])
async def test_an_error_is_raised_again_as_it_was(kind: type[AwsError]) -> None:
    answers, error = Answers(), kind("DescribeLogGroups", "Code", "message", where="here")
    with pytest.raises(kind):
        await ask(answers, Asked(True, error))

    with pytest.raises(kind) as raised:
        await ask(Answers(answers.known), None)

    assert type(raised.value) is kind
    assert str(raised.value) == str(error)


async def test_a_fault_that_passes_is_asked_about_again() -> None:
    answers = Answers()
    live = Asked(True, RetryError("DescribeLogGroups", "Timeout", "no answer"))
    with pytest.raises(RetryError):
        await ask(answers, live)

    assert await ask(answers, live) is True


async def test_a_refusal_is_not_asked_about_again() -> None:
    answers, live = Answers(), Asked(True, DeniedError("DescribeLogGroups", "AccessDenied", "no"))
    for _ in range(2):
        with pytest.raises(DeniedError):
            await ask(answers, live)

    assert live.times == 1


async def test_what_nobody_asked_is_not_saved_rather_than_empty() -> None:
    logs = SavedLogsReader(Answers())

    for question in (logs.log_group(GROUP), logs.exists(GROUP), logs.consumers(GROUP)):
        with pytest.raises(TerminalError) as raised:
            await question
        assert (raised.value.code, raised.value.where) == ("NotSaved", GROUP.arn)


class OneGroup:
    """A CloudWatch Logs that knows the one group."""

    async def log_group(self, ref: LogGroupRef) -> LogGroup:
        return LogGroup(ref, {"logGroupName": ref.name}, {})

    async def exists(self, ref: LogGroupRef) -> bool:
        raise AssertionError(ref)

    async def consumers(self, ref: LogGroupRef) -> frozenset[Consumer]:
        return frozenset()


async def test_a_group_that_was_described_is_known_to_exist() -> None:
    answers = Answers()
    await SavedLogsReader(answers, OneGroup()).log_group(GROUP)

    assert answers.has(LOG_GROUP, GROUP.region, GROUP.arn)
    assert await SavedLogsReader(answers).exists(GROUP) is True
