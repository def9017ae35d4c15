"""Ctrl-C at a question ends the program at once, and at work it says what had been begun."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program

PAUSE = ("pause", "--cluster", "prod")
SUSPEND = ("suspend", "prod/web")
APPROVE = ("approve", "prod/web")
RESUME = ("resume", "--line")
ROLLBACK = ("rollback", "prod/web")


def interrupted_when_it_says(program: Program, said: str, *arguments: str) -> tuple[int, str]:
    """Run the program on a terminal, and send SIGINT once it has *said*; return how it ended.

    It is sent again where the first came in the moment between the question and the read, in which
    Python notes a signal and then waits all the same. Were asyncio's own handler in place, the
    second would end it otherwise: with 1, as aborted.
    """
    person, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "controller", *arguments],
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        env=program.environment,
    ) as process:
        os.close(terminal)
        assert process.stderr is not None
        shown = b""
        while said.encode() not in shown:
            read = os.read(process.stderr.fileno(), 4096)
            assert read, shown
            shown += read
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
        rest = process.stderr.read()
    os.close(person)
    return process.returncode, (shown + rest).decode()


@pytest.mark.parametrize("words", [PAUSE, SUSPEND, APPROVE, RESUME], ids=lambda one: one[0])
def test_the_first_ctrl_c_at_a_question_ends_it_and_nothing_is_written(
    sandbox: Sandbox, ecs_logging: Program, words: tuple[str, ...]
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")

    code, said = interrupted_when_it_says(ecs_logging, "[y/N]", *words)

    assert code == 130, said
    assert "interrupted: nothing was written" in said
    assert "Traceback" not in said
    assert sandbox.writes() == []


def test_so_it_is_with_a_rollback(sandbox: Sandbox, ecs_logging: Program) -> None:
    _rolled(sandbox, ecs_logging)

    code, said = interrupted_when_it_says(ecs_logging, "[y/N]", *ROLLBACK)

    assert code == 130, said
    assert "interrupted: nothing was written" in said
    assert sandbox.writes() == []


def test_a_rollback_that_is_broken_off_says_what_was_suspended_and_has_left(
    sandbox: Sandbox, ecs_logging: Program
) -> None:
    _rolled(sandbox, ecs_logging)

    code, said = interrupted_when_it_says(ecs_logging, "leaves web:2", *ROLLBACK, "--yes")

    assert code == 130, said
    assert "prod/web: suspended; leaves web:2" in said
    assert "ecs-logging resume SERVICE" in said
    assert "Traceback" not in said


def _rolled(sandbox: Sandbox, program: Program) -> None:
    """Let the controller roll the one service there is."""
    world.cluster(sandbox)
    world.service(sandbox, "web")
    applied = program.run("apply", "--enforce", "--policy", world.policy(program.folder))
    assert applied.code == 0, applied.err
    sandbox.clear_requests()
