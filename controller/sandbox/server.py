"""The sandbox behind a real socket on loopback, for clients in other processes."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Never, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from controller.sandbox.faults import Fault, suffer
from controller.sandbox.request import Request, signed_by
from controller.sandbox.sandbox import Sandbox
from controller.sandbox.wire import Answer, Http, Unimplemented

_GLOBAL = frozenset({"iam"})  # one host for all Regions


class SandboxServer:
    """Serves a sandbox at ``url`` on 127.0.0.1, on a port that the system picks.

    Point any SDK at it: ``AWS_ENDPOINT_URL=<url>``. Use as a context manager. A call that nobody
    implements answers 501, which botocore does not retry, and is listed in
    ``sandbox.unimplemented``, so that a fixture can fail the test.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", 0, self._application, threaded=True, request_handler=_QuietHandler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},  # how soon it notices that it shall stop, in seconds
            name="sandbox-server",
            daemon=True,
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _application(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        http = _http_of(environ)
        request = self.sandbox.receive(http)
        fault = self.sandbox.fault_of(request)
        if fault:
            time.sleep(fault.seconds)
        answer = self._answer(http, request, fault)
        if answer is None:
            _cut(environ["werkzeug.socket"], reset=fault is not None and fault.cut == "reset")
        headers = {"content-length": str(len(answer.body)), **answer.headers}
        start_response(f"{answer.status} -", list(headers.items()))
        return [answer.body]

    def _answer(self, http: Http, request: Request, fault: Fault | None) -> Answer | None:
        try:
            return suffer(fault, lambda: self.sandbox.execute(http, request))
        except Unimplemented as missing:
            return Answer(501, str(missing).encode(), {"content-type": "text/plain"})


class _QuietHandler(WSGIRequestHandler):
    """A request is no news: the sandbox records it itself."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        if type == "error":
            super().log(type, message, *args)

    def connection_dropped(
        self, error: BaseException, environ: dict[str, Any] | None = None
    ) -> None:
        self.close_connection = True  # a cut connection has no next request


def _cut(connection: socket.socket, *, reset: bool) -> Never:
    """End the connection without an answer; without lingering, the end is a TCP reset."""
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
    raise ConnectionResetError("a planned fault")


def _http_of(environ: dict[str, Any]) -> Http:
    """The request as if it had been sent to AWS's own host: the signature names the service."""
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    unplaced = Http(environ["REQUEST_METHOD"], "", headers, body)
    _, region, service = signed_by(unplaced)
    host = f"{service}.amazonaws.com" if service in _GLOBAL else f"{service}.{region}.amazonaws.com"
    url = f"https://{host}{environ['REQUEST_URI']}"
    return Http(unplaced.method, url, {**headers, "host": host}, body)
