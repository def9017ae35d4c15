"""One service of AWS in one Region: ask, and get an answer or an error of ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, TypeVar

from aiobotocore.client import AioBaseClient

from controller.aws import wire
from controller.aws.answer import Answer
from controller.aws.errors import VENDOR_ERRORS, translate
from controller.aws.retry import retried
from controller.core.document.json import text
from controller.errors import LostError, RetryError, ThrottledError
from controller.ports.clock import Clock

T = TypeVar("T")


class Api:
    """Makes the calls of one service in one Region, and makes them again if a fault has passed.

    All methods raise an AwsError, or the UsageError of whoever makes the client. Their *where* says
    in an error what the call was about.
    """

    def __init__(self, client: Callable[[], Awaitable[AioBaseClient]], clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def call(
        self, operation: str, params: Mapping[str, object], *, where: str = ""
    ) -> Answer:
        """Return the answer as received; passing faults and throttling are retried.

        For reads, and for writes that may be made twice.
        """

        async def once() -> Answer:
            return await self._once(operation, params, None, where)

        return await retried(once, on=RetryError, clock=self._clock)

    async def send(
        self, operation: str, params: Mapping[str, object], body: bytes, *, where: str = ""
    ) -> Answer:
        """Send *body* as it is, and never twice, for writes that follow from what was just seen.

        *params* need only satisfy the SDK. Raises LostError where it is not known whether the write
        was made, and ThrottledError where it was not: whoever wants to try again looks again first,
        for a release may have come in meanwhile.
        """
        try:
            return await self._once(operation, params, body, where)
        except ThrottledError:
            raise
        except RetryError as error:
            raise LostError(operation, error.code, error.message, where=where) from error

    async def pages(
        self, operation: str, params: Mapping[str, object], *, where: str = ""
    ) -> AsyncIterator[Answer]:
        """Yield the answers of a list operation, page by page, for as long as there are more.

        Raises RetryError where a page leads back to itself.
        """
        token: str | None = None
        while True:
            more = {} if token is None else {"nextToken": token}
            page = await self.call(operation, {**params, **more}, where=where)
            yield page

            last, token = token, text(page.document.get("nextToken"))
            if not token:
                return
            if token == last:
                raise RetryError(operation, "RepeatedToken", "the pages do not end", where=where)

    async def parsed(self, operation: str, params: Mapping[str, object]) -> dict[str, Any]:
        """Return the answer as the SDK parses it, for services that do not speak JSON; retried."""

        async def once() -> dict[str, Any]:
            call = wire.parsed(await self._client(), operation, params)
            return await _translated(call, operation)

        return await retried(once, on=RetryError, clock=self._clock)

    async def streamed(
        self, operation: str, params: Mapping[str, object], *, largest: int, where: str = ""
    ) -> bytes:
        """Return the body of an answer that is no document, up to so many bytes; retried."""

        async def once() -> bytes:
            call = wire.streamed(await self._client(), operation, params, largest=largest)
            return await _translated(call, operation, where=where)

        return await retried(once, on=RetryError, clock=self._clock)

    async def _once(
        self, operation: str, params: Mapping[str, object], body: bytes | None, where: str
    ) -> Answer:
        client = await self._client()
        call = wire.exchange(client, operation, params, body=body)
        received = await _translated(call, operation, where=where)
        if not received and _says_nothing(client, operation):
            return Answer(operation, {})
        return Answer(operation, _object(received, operation, where=where))


async def _translated(call: Awaitable[T], operation: str, *, where: str = "") -> T:
    try:
        return await call
    except VENDOR_ERRORS as error:
        ours = translate(error, operation, where=where)
    # Outside the handler: the vendor's error would hang on as context, and may show parameters.
    raise ours


def _says_nothing(client: AioBaseClient, operation: str) -> bool:
    shape = client.meta.service_model.operation_model(operation).output_shape
    return shape is None or not shape.members


def _object(received: bytes, operation: str, *, where: str) -> dict[str, Any]:
    try:
        document = json.loads(received)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        message = "the answer is not a JSON object; it may have been cut on its way"
        raise RetryError(operation, "UnreadableAnswer", message, where=where)
    return document
