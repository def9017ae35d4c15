"""The real program shows what goes on until Ctrl-C, and takes services back that it has rolled."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program


def test_a_watch_is_ended_by_ctrl_c_without_a_word(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path)

    with ecs_logging.start("status", "--watch", "--policy", policy) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert first != ""
    assert (process.returncode, err) == (0, "")


def test_so_it_is_on_a_terminal(sandbox: Sandbox, ecs_logging: Program, tmp_path: Path) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    person, terminal = pty.openpty()
    words = ("status", "--watch", "--policy", world.policy(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-m", "controller", *words],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=ecs_logging.folder,
        env=ecs_logging.environment | {"TERM": "xterm"},
    ) as process:
        os.close(terminal)
        shown = b""
        while b"Seen " not in shown:
            shown += os.read(person, 4096)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    os.close(person)

    assert process.returncode == 0
    assert b"Traceback" not in shown


def test_a_service_is_taken_back_and_a_second_time_it_is_back_already(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    applied = ecs_logging.run("apply", "--enforce", "--policy", world.policy(tmp_path))
    assert applied.code == 0, applied.err

    refused = ecs_logging.run("rollback", "prod/web")
    first = ecs_logging.run("rollback", "prod/web", "--yes")
    again = ecs_logging.run("rollback", "prod/web", "--yes", "--output", "json")

    assert refused.code == 2
    assert "say --yes" in refused.err
    assert first.code == 0, first.err
    assert "taken back, to web:1" in first.out
    assert "ecs-logging resume SERVICE" in first.out
    assert [one["ending"] for one in json.loads(again.out)["services"]] == ["Already"]
    rolled = [str((one.body or {})["taskDefinition"]) for one in sandbox.writes("UpdateService")]
    assert [one.rsplit("/", 1)[-1] for one in rolled] == ["web:2", "web:1"]
