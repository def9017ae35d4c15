"""One call through the AWS SDK, with the raw JSON of both bodies.

The SDK drops the members that its model does not know, from answers in silence, and it refuses to
send them [fact 4.6]. So the body of an answer is taken before the SDK parses it, which it then need
not do, and the body of a request may be replaced before the SDK signs it. The SDK's handlers belong
to a client; a context variable ties what they see to the call that a task makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from aiobotocore.client import AioBaseClient
from aiohttp import ClientPayloadError
from botocore import xform_name

_REDIRECTED: Final = 300  # from here on the SDK needs the body, to see which error it is


@dataclass(slots=True)
class _Exchange:
    """The bodies of one call: `sent` stands in for what the SDK would send, if it is not None."""

    sent: bytes | None
    received: bytes = b""


_EXCHANGE: Final[ContextVar[_Exchange | None]] = ContextVar("exchange", default=None)


def tap(client: AioBaseClient, heard: Callable[[datetime], None]) -> None:
    """Let `exchange` see the bodies of the client's calls; once per client.

    *heard* is called with the `Date` of each answer that has one.
    """

    def hear(response_dict: dict[str, Any], **_: object) -> None:
        if (date := _date(response_dict["headers"])) is not None:
            heard(date)

    client.meta.events.register("before-call", _replace_body)
    client.meta.events.register("before-parse", hear)
    client.meta.events.register("before-parse", _take_body)


async def exchange(
    client: AioBaseClient,
    operation: str,
    params: Mapping[str, object],
    *,
    body: bytes | None = None,
) -> bytes:
    """Make one call and return the raw body of the answer; the client has been tapped.

    *body*, if given, is sent instead of *params*, which the SDK validates all the same. Raises what
    the SDK raises.
    """
    bodies = _Exchange(sent=body)
    token = _EXCHANGE.set(bodies)
    try:
        await parsed(client, operation, params)
    finally:
        _EXCHANGE.reset(token)
    return bodies.received


async def parsed(
    client: AioBaseClient, operation: str, params: Mapping[str, object]
) -> dict[str, Any]:
    """Make one call and return the answer as the SDK parses it: for services that answer in XML."""
    answer: dict[str, Any] = await getattr(client, xform_name(operation))(**params)
    return answer


async def streamed(
    client: AioBaseClient, operation: str, params: Mapping[str, object], *, largest: int
) -> bytes:
    """Make one call and return the body of the answer, of which at most so many bytes are read."""
    answer = await parsed(client, operation, params)
    received = b""
    async with answer["Body"] as body:
        try:
            while len(received) < largest and (more := await body.read(largest - len(received))):
                received += more
        except ClientPayloadError as error:  # the SDK does not translate a body that was cut
            raise ConnectionError(str(error)) from error
    return received


def _replace_body(params: dict[str, Any], **_: object) -> None:
    bodies = _EXCHANGE.get()
    if bodies is not None and bodies.sent is not None:
        params["body"] = bodies.sent


def _date(headers: Mapping[str, str]) -> datetime | None:
    shown = headers.get("date")
    try:
        # It is always GMT [RFC 9110].
        return None if shown is None else parsedate_to_datetime(shown).replace(tzinfo=UTC)
    except ValueError:
        return None


def _take_body(response_dict: dict[str, Any], **_: object) -> None:
    bodies = _EXCHANGE.get()
    if bodies is not None and response_dict["status_code"] < _REDIRECTED:
        bodies.received = response_dict["body"]
        response_dict["body"] = b"{}"
