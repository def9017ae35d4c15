"""A simulated AWS and a controller that looks after it, both in virtual time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
from aiobotocore.session import AioSession

from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.virtual_time import VirtualTimeLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run every asynchronous test of this folder in virtual time."""
    return {"virtual": VirtualTimeLoop}


@pytest.fixture(autouse=True)
def same_chances() -> None:
    """Let what is left to chance, such as the jitter between two tries, be the same each time."""
    random.seed(0)


@pytest.fixture
async def aws() -> AsyncIterator[Aws]:
    """An AWS with an empty cluster `prod`; a call that it does not know fails the test."""
    aws = Aws()
    async with aws.scheduling():
        yield aws
    assert aws.sandbox.unimplemented == []


@pytest.fixture(scope="session")
def models() -> AioSession:
    """One session of the SDK: it reads each service's model once."""
    session = AioSession()
    session.set_credentials("AKIDCONTROLLER", "none")
    return session


@pytest.fixture
def controller(aws: Aws, models: AioSession) -> Controller:
    """A controller that enforces `given.POLICY`; nothing of it runs yet."""
    return Controller(aws, models)
