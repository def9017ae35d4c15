"""A sandbox behind a socket, which lives by the clock on the wall, and the program beside it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.sandbox import Sandbox, SandboxServer
from tests.e2e.process import Program, program


@pytest.fixture(autouse=True)
def interruptible() -> None:
    """Let a process hear Ctrl-C, also where the tests run in the background of a shell.

    Such a shell has SIGINT ignored, and whoever is started inherits that; a handler is not.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """An AWS whose scheduler looks five times a second."""
    sandbox = Sandbox(clock=time.time)
    stop = sandbox.run(0.2)
    yield sandbox
    stop()
    assert sandbox.unimplemented == []


@pytest.fixture
def ecs_logging(sandbox: Sandbox, tmp_path: Path) -> Iterator[Program]:
    """The program, pointed at the sandbox."""
    with SandboxServer(sandbox) as server:
        yield program(server.url, tmp_path)
