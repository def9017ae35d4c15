"""A person at a terminal says yes to one service and no to another."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program


def at_a_terminal(program: Program, answers: str, *arguments: str) -> tuple[int, str]:
    """Run the program for a person who answers its questions; return its code and its output."""
    person, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "controller", *arguments],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=program.folder,
        env=program.environment,
    ) as process:
        os.close(terminal)
        os.write(person, answers.encode())
        out, _ = process.communicate(timeout=90)
    os.close(person)
    return process.returncode, out.decode()


def test_only_what_was_said_yes_to_is_changed(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    for name in ("api", "web"):
        world.service(sandbox, name)
    policy = world.policy(tmp_path)

    code, said = at_a_terminal(ecs_logging, "n\ny\n", "apply", "--approve", "--policy", policy)

    assert code == 0, said
    assert "Change prod/api?" in said
    assert "Change prod/web?" in said
    rolled = [str((one.body or {})["service"]) for one in sandbox.writes("UpdateService")]
    assert [one.rsplit("/", 1)[-1] for one in rolled] == ["web"]


def test_to_quit_is_to_change_nothing(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")

    _, said = at_a_terminal(
        ecs_logging, "q\n", "apply", "--approve", "--policy", world.policy(tmp_path)
    )

    assert "Change prod/web?" in said
    assert sandbox.writes() == []
