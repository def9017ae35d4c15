"""AWS as a test dictates it: what each operation answers, for answers that no honest AWS gives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiobotocore.awsrequest import AioAWSResponse
from aiobotocore.httpsession import AIOHTTPSession
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """An error document of AWS."""

    code: str
    message: str = "no"
    status: int = 400


# A document, raw bytes, an error document, or an error of the transport to raise.
Said = Mapping[str, Any] | bytes | Refused | Exception


class Script:
    """Answers by operation; what was asked stands in `asked`. An operation without a line fails."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Body]] = []
        self._lines: dict[str, Callable[[Body], Said]] = {}

    def says(self, operation: str, *answers: Said) -> None:
        """Give these answers, one for each call; the last one for all further calls."""
        rest = list(answers)
        self._lines[operation] = lambda _: rest.pop(0) if len(rest) > 1 else rest[0]

    def replies(self, operation: str, line: Callable[[Body], Said]) -> None:
        """Let *line* answer, from the request."""
        self._lines[operation] = line

    def bodies(self, operation: str) -> list[Body]:
        """Return the bodies of the calls of *operation*, in order."""
        return [body for asked, body in self.asked if asked == operation]

    def reply(self, request: AWSPreparedRequest) -> Said:
        """Return what the script says to a request, and note it."""
        target = request.headers["X-Amz-Target"]
        named = target.decode() if isinstance(target, bytes) else str(target)
        operation = named.rpartition(".")[2]
        sent = request.body or b"{}"
        assert isinstance(sent, str | bytes)
        body = json.loads(sent)
        self.asked.append((operation, body))
        return self._lines[operation](body)

    @property
    def session_class(self) -> type[AIOHTTPSession]:
        """A class for `http_session_cls` that asks this script instead of a network."""
        script = self

        class ScriptSession(AIOHTTPSession):
            async def __aenter__(self) -> Self:
                self._sessions: dict[str | None, Any] = {}
                return self

            async def send(  # type: ignore[override] # the stubs name the types of `requests`
                self, request: AWSPreparedRequest
            ) -> AioAWSResponse:
                await asyncio.sleep(0.05)  # calls in flight overlap, as over a network
                said = script.reply(request)
                if isinstance(said, Exception):
                    raise said
                status, body = _wire(said)
                headers = HTTPHeaders()
                headers["content-length"] = str(len(body))
                return AioAWSResponse(request.url, status, headers, _Raw(body))

        return ScriptSession


def _wire(said: Mapping[str, Any] | bytes | Refused) -> tuple[int, bytes]:
    if isinstance(said, bytes):
        return 200, said
    if isinstance(said, Refused):
        document = {"__type": said.code, "message": said.message}
        return said.status, json.dumps(document).encode()
    return 200, json.dumps(said).encode()


class _Raw:
    """As much of aiohttp's response as aiobotocore reads."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self) -> bytes:
        return self._body
