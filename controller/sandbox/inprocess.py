"""The sandbox without a socket: an HTTP session for aiobotocore that hands calls straight over.

Pass ``AioConfig(http_session_cls=session_class(sandbox))``: signing, serialising, retries and
parsers of the SDK are the real ones, only the network is not there.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from email.utils import formatdate
from typing import Any, Self

from aiobotocore.awsrequest import AioAWSResponse
from aiobotocore.httpsession import AIOHTTPSession
from aiohttp import ClientTimeout
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

from controller.sandbox.faults import Fault, suffer
from controller.sandbox.request import Request
from controller.sandbox.sandbox import Sandbox
from controller.sandbox.wire import Answer, Http


def session_class(sandbox: Sandbox) -> type[AIOHTTPSession]:
    """A class for ``http_session_cls``, bound to one sandbox.

    A latency beyond the client's read timeout ends in ReadTimeoutError after that timeout, a cut
    connection in the error that aiobotocore makes of it: retried by botocore as over a network.
    """

    class SandboxSession(AIOHTTPSession):
        """Answers from the sandbox; nothing can reach a network."""

        _timeout: ClientTimeout

        async def __aenter__(self) -> Self:
            self._sessions: dict[str | None, Any] = {}
            return self

        async def send(  # type: ignore[override]  # the stubs name the types of `requests`
            self, request: AWSPreparedRequest
        ) -> AioAWSResponse:
            await asyncio.sleep(0)  # calls in flight interleave, as they do over a network
            http = await _http_of(request)
            recorded = sandbox.receive(http)
            fault = sandbox.fault_of(recorded)
            if fault and fault.seconds:
                await _wait(fault.seconds, limit=self._timeout.sock_read, url=http.url)

            def execute() -> Answer:
                return sandbox.execute(http, recorded)

            if _waits(recorded):
                answer = await asyncio.to_thread(suffer, fault, execute)
            else:
                answer = suffer(fault, execute)
            if answer is None:
                raise _broken_off(fault, http.url)
            return _response(http.url, answer, date=formatdate(sandbox.now, usegmt=True))

    return SandboxSession


def _waits(request: Request) -> bool:
    """Whether moto sleeps inside the call: a long poll would hold the whole loop."""
    return request.service == "sqs" and request.operation == "ReceiveMessage"


def _broken_off(fault: Fault | None, url: str) -> Exception:
    """What aiobotocore raises, seen over a socket: tests/sandbox/test_transports.py."""
    if fault is not None and fault.cut == "reset":
        reset = ConnectionResetError("Connection reset by peer")
        return EndpointConnectionError(endpoint_url=url, error=reset)
    return ConnectionClosedError(endpoint_url=url)


async def _wait(seconds: float, *, limit: float | None, url: str) -> None:
    if limit is not None and seconds >= limit:
        await asyncio.sleep(limit)
        raise ReadTimeoutError(endpoint_url=url)
    await asyncio.sleep(seconds)


async def _http_of(request: AWSPreparedRequest) -> Http:
    body: Any = request.body
    if hasattr(body, "read"):
        body = body.read()
        if inspect.isawaitable(body):
            body = await body
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    headers: dict[str, str | bytes] = dict(request.headers.items())
    return Http(request.method, request.url, _text(headers), raw)


def _text(headers: dict[str, str | bytes]) -> dict[str, str]:
    """Lower-case names; botocore signs into bytes for some protocols."""
    return {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in headers.items()
    }


def _response(url: str, answer: Answer, *, date: str) -> AioAWSResponse:
    headers = HTTPHeaders()
    length = str(len(answer.body))
    for name, value in {"content-length": length, "date": date, **answer.headers}.items():
        headers[name] = value
    return AioAWSResponse(url, answer.status, headers, _Raw(url, answer.body))


class _Content:
    """What botocore's streaming reads: aiohttp's StreamReader, as far as it is used."""

    def __init__(self, body: bytes) -> None:
        self._rest = body

    async def read(self, size: int = -1) -> bytes:
        end = len(self._rest) if size < 0 else size
        chunk, self._rest = self._rest[:end], self._rest[end:]
        return chunk

    async def readany(self) -> bytes:
        return await self.read()

    def at_eof(self) -> bool:
        return not self._rest

    async def iter_chunked(self, size: int) -> AsyncIterator[bytes]:
        while self._rest:
            yield await self.read(size)


class _Raw:
    """What aiobotocore takes for aiohttp's ClientResponse."""

    def __init__(self, url: str, body: bytes) -> None:
        self.url = url
        self.content = _Content(body)
        self.closed = False

    async def read(self) -> bytes:
        return await self.content.read()

    def close(self) -> None:
        self.closed = True

    release = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
