"""Listening: an application, served at an address for as long as a block runs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

_SHUTDOWN: Final = 1.0  # seconds for answers under way; aiohttp's own 60 would outlast any drain


class CannotListen(OSError):
    """The address cannot be had."""

    def __init__(self, what: str, host: str | None, port: int, cause: OSError) -> None:
        reason = os.strerror(cause.errno) if cause.errno else str(cause)
        super().__init__(
            cause.errno,
            f"cannot serve {what} at {host or '*'}:{port}: {reason}."
            " Stop what listens there (a second controller?), or choose another address;"
            " port 0 takes any that is free",
        )

    def __str__(self) -> str:
        return str(self.strerror)


@asynccontextmanager
async def listening(
    app: web.Application, *, what: str, host: str | None, port: int
) -> AsyncIterator[int]:
    """Serve *app* inside the block and yield its port, which matters if *port* is 0 (any free one).

    *what* names it in errors; no *host* means all interfaces. Raises CannotListen.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN)
    await runner.setup()
    try:
        await _bind(runner, what=what, host=host, port=port)
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _bind(runner: web.AppRunner, *, what: str, host: str | None, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotListen(what, host, port, error) from error
