"""Who we are, as STS tells it."""

from __future__ import annotations

import pytest

from controller.aws.identity import AwsIdentityReader
from controller.errors import DeniedError, RetryError
from controller.ports.identity import Caller
from controller.sandbox import THROTTLE, TRUNCATED, Fault, Sandbox
from controller.sandbox.wire import Answer
from tests.aws.opened import REGION, sandboxed
from tests.virtual_time import in_virtual_time

ROLE = "arn:aws-cn:sts::222222222222:assumed-role/controller/task"


@in_virtual_time
async def test_the_caller_is_account_arn_and_partition() -> None:
    sandbox = Sandbox()
    sandbox.callers.planted["AKIDOPERATOR"] = ROLE
    async with sandboxed(sandbox) as session:
        caller = await AwsIdentityReader(session.api("sts", REGION)).caller()

    assert caller == Caller(account="222222222222", arn=ROLE, partition="aws-cn")


@in_virtual_time
async def test_an_answer_that_was_cut_or_throttled_is_asked_for_again() -> None:
    sandbox = Sandbox()
    sandbox.plan("GetCallerIdentity", TRUNCATED, THROTTLE)
    async with sandboxed(sandbox) as session:
        caller = await AwsIdentityReader(session.api("sts", REGION)).caller()

    assert caller.account == "123456789012"
    assert sandbox.counts()["GetCallerIdentity"] == 3


@in_virtual_time
async def test_an_answer_that_is_always_cut_is_a_passing_fault() -> None:
    sandbox = Sandbox()
    sandbox.fault = lambda _: TRUNCATED
    async with sandboxed(sandbox) as session:
        with pytest.raises(RetryError):
            await AwsIdentityReader(session.api("sts", REGION)).caller()


@in_virtual_time
async def test_whoever_may_not_ask_is_denied() -> None:
    # STS answers in XML, errors included; the sandbox's own denials are JSON.
    code, message = "<Code>AccessDenied</Code>", "<Message>no</Message>"
    said = f"<ErrorResponse><Error>{code}{message}</Error></ErrorResponse>".encode()
    sandbox = Sandbox()
    sandbox.plan("GetCallerIdentity", Fault(answer=Answer(403, said)))
    async with sandboxed(sandbox) as session:
        with pytest.raises(DeniedError):
            await AwsIdentityReader(session.api("sts", REGION)).caller()
