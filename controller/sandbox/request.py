"""A call as AWS would name it: service, operation, parsed body, account and Region."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from controller.sandbox.wire import Http, Json

_SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
_CBOR_OPERATION = re.compile(r"/service/[^/]+/operation/(\w+)")
_UNSIGNED = ("", "us-east-1", "")


@dataclass(frozen=True, slots=True)
class Request:
    """One recorded call; ``body`` is the parsed JSON (or form), None where there is neither.

    ``operation`` is AWS's name (``DescribeServices``), or ``GET /path`` for REST services.
    ``account`` and ``caller`` are those of the credentials that signed it.
    """

    service: str
    operation: str
    body: Json | None
    account: str
    region: str
    caller: str

    @property
    def cluster(self) -> str | None:
        """The name of the cluster that the call is about, where its body says one."""
        named = (self.body or {}).get("cluster")
        return named.rsplit("/", 1)[-1] if isinstance(named, str) else None


def signed_by(http: Http) -> tuple[str, str, str]:
    """The access key id, the Region and the service that the signature names."""
    found = _SCOPE.search(http.headers.get("authorization", ""))
    return (found[1], found[2], found[3]) if found else _UNSIGNED


def operation_of(http: Http) -> str:
    """AWS's name of the operation: by target header, by Action of a form, by path."""
    if target := http.headers.get("x-amz-target"):
        return target.rsplit(".", 1)[-1]
    path = urlsplit(http.url).path
    if named := _CBOR_OPERATION.search(path):
        return named[1]
    return _form(http).get("Action") or f"{http.method} {path}"


def body_of(http: Http) -> Json | None:
    """The body parsed, or None: a body that is not JSON is no error of the recorder's."""
    if http.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(_form(http))
    try:
        parsed = json.loads(http.body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _form(http: Http) -> dict[str, str]:
    if not http.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    return dict(parse_qsl(http.body.decode(), keep_blank_values=True))
