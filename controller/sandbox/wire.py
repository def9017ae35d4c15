"""What goes over the wire: a request as it came, an answer, and a refusal in AWS's JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Http:
    """A request as it arrived; header names are lower case, the url is AWS's own."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, whole."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """AWS says no: raised by a simulated operation, answered as AWS's error document.

    ``code`` is the name of the exception in the service's model, ``status`` the HTTP status.
    """

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


class Unimplemented(NotImplementedError):
    """The sandbox does not know this call; no AWS error, so that no test mistakes it for one."""


def answer_json(payload: Json, *, status: int = 200) -> Answer:
    """A JSON 1.1 answer; timestamps are numbers of seconds, as ECS writes them."""
    body = json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    return Answer(status, body, {"content-type": "application/x-amz-json-1.1"})


def answer_refusal(refusal: Refusal) -> Answer:
    """The error document of the JSON protocol: ``__type`` names the error [botocore JSONParser]."""
    payload = {"__type": refusal.code, "message": refusal.message}
    return answer_json(payload, status=refusal.status)


def invalid(message: str) -> Refusal:
    """InvalidParameterException: how ECS and Logs refuse a parameter."""
    return Refusal("InvalidParameterException", message)


def client_error(message: str) -> Refusal:
    """ClientException: how ECS refuses what the caller asks for."""
    return Refusal("ClientException", message)
