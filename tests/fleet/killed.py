"""Killing the controller at a chosen call: at once, and without a word.

A killed process makes no more calls and is never resumed; what it had done stays done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from aiobotocore.awsrequest import AioAWSResponse
from aiobotocore.httpsession import AIOHTTPSession
from botocore.awsrequest import AWSPreparedRequest

from tests.fleet.aws import Aws


@dataclass(slots=True)
class Death:
    """When to die: before or after a call takes effect, chosen by its number or its operation."""

    when: Literal["before", "after"]
    number: int | None = None
    operation: str | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    _calls: int = 0

    def counts(self, request: AWSPreparedRequest) -> bool:
        """Count a call, and tell whether it is the fatal one."""
        self._calls += 1
        target = str(request.headers.get("X-Amz-Target", ""))
        return self._calls == self.number or (
            self.operation is not None and self.operation in target
        )

    async def comes(self) -> None:
        """Die: whoever awaits this never goes on."""
        self.came.set()
        await asyncio.Future()


def mortal(transport: type[AIOHTTPSession], death: Death) -> type[AIOHTTPSession]:
    """Return the transport of a process that dies."""

    class Mortal(transport):  # type: ignore[valid-type, misc]  # a class made at run time
        async def send(self, request: AWSPreparedRequest) -> AioAWSResponse:
            if death.came.is_set():
                await death.comes()
            fatal = death.counts(request)
            if fatal and death.when == "before":
                await death.comes()
            answer: AioAWSResponse = await super().send(request)
            if fatal:
                await death.comes()
            return answer

    return Mortal


async def killed(aws: Aws, run: Callable[[], Coroutine[Any, Any, object]], death: Death) -> bool:
    """Run a process until it dies, or until it ends; tell whether it has died."""
    others = asyncio.all_tasks()
    transport, aws.transport = aws.transport, mortal(aws.transport, death)
    process = asyncio.create_task(run(), name="process")
    dies = asyncio.create_task(death.came.wait(), name="death")
    await asyncio.wait({process, dies}, return_when=asyncio.FIRST_COMPLETED)
    aws.transport = transport
    if not death.came.is_set():
        dies.cancel()
        await process
        return False
    # A task that is cancelled may still start another.
    while remains := asyncio.all_tasks() - others:
        for task in remains:
            task.cancel()
        await asyncio.gather(*remains, return_exceptions=True)
    return True
