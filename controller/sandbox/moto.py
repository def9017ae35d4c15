"""The rest of AWS, by moto: every call that the sandbox does not simulate itself."""

from __future__ import annotations

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.core.models import botocore_stubber

from controller.sandbox.wire import Answer, Http, Unimplemented

_NOT_FOUND = 404
_OF_A_SERVER = frozenset({"connection", "date", "server"})  # whoever serves the answer says these


def forget_everything() -> None:
    """An empty AWS: moto's backends are one per process, so there is one sandbox at a time."""
    BackendDict.reset()
    reset_model_data()


def answer_by_moto(http: Http, *, account: str) -> Answer:
    """The answer of moto's own backends.

    Raises Unimplemented where moto has no such operation: moto itself raises
    NotImplementedError, or answers 404 ``Not yet implemented`` for a whole missing service.
    """
    headers = HTTPHeaders()
    for name, value in http.headers.items():
        headers[name] = value
    headers["x-moto-account-id"] = account
    request = AWSPreparedRequest(http.method, http.url, headers, http.body, stream_output=False)
    try:
        answered = botocore_stubber.process_request(request)
    except NotImplementedError as missing:
        raise Unimplemented(f"moto does not implement {http.method} {http.url}") from missing
    if answered is None:
        raise Unimplemented(f"no such place in the sandbox: {http.url}")
    status, answer_headers, body = answered
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    if status == _NOT_FOUND and raw == b"Not yet implemented":
        raise Unimplemented(f"moto does not know the service of {http.url}")
    shown = {str(name).lower(): str(value) for name, value in dict(answer_headers).items()}
    return Answer(
        int(status), raw, {name: value for name, value in shown.items() if name not in _OF_A_SERVER}
    )
