"""The whole program in a rollout: stopped, killed, started again, and failing for good."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from controller.sandbox import Sandbox, latency
from tests.e2e import world
from tests.e2e.process import Ended, Program, checked

ONCE = ("run", "--once", "--enforce", "--output", "json")
FOREVER = ("run", "--enforce", "--probe-port", "0", "--resync", "1s")


def wait_until(holds: Callable[[], bool], *, seconds: float = 30) -> None:
    """Return as soon as *holds* does; fail the test if that takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def _has_gone_on(sandbox: Sandbox, calls: int) -> bool:
    return len(sandbox.requests) > calls


def end(process: subprocess.Popen[str]) -> Ended:
    out, err = process.communicate(timeout=40)
    return checked(Ended(process.returncode, out, err))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_a_controller_that_is_stopped_in_a_rollout_is_finished_by_the_next(
    how: signal.Signals, sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path)
    first = ecs_logging.start(*FOREVER, "--policy", policy)
    wait_until(lambda: bool(sandbox.writes("UpdateService")))

    first.send_signal(how)
    ended = end(first)
    after = ecs_logging.run(*ONCE, "--policy", policy)

    assert ended.code == (0 if how is signal.SIGTERM else -signal.SIGKILL)
    assert after.code == 0, after.err
    assert after.report["summary"]["compliant"] == 2
    assert len(sandbox.writes("RegisterTaskDefinition")) == 1
    assert len(sandbox.writes("UpdateService")) == 1


def test_a_controller_killed_between_registering_and_rolling_reuses_its_revision(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path)
    sandbox.deny("UpdateService")
    first = ecs_logging.start(*FOREVER, "--policy", policy)
    wait_until(lambda: bool(sandbox.writes("UpdateService")))
    first.kill()
    end(first)
    sandbox.allow("UpdateService")

    after = ecs_logging.run(*ONCE, "--policy", policy)

    assert after.code == 0, after.err
    assert len(sandbox.writes("RegisterTaskDefinition")) == 1


def test_a_failing_service_is_rolled_and_returned_exactly_once_over_passes_and_restarts(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    sandbox.fails(lambda document: document["revision"] > 1)
    policy = world.policy(tmp_path)
    for _ in range(2):
        process = ecs_logging.start(*FOREVER, "--policy", policy)
        wait_until(lambda: bool(sandbox.writes("DeregisterTaskDefinition")), seconds=60)
        seen = len(sandbox.requests)
        wait_until(partial(_has_gone_on, sandbox, seen + 40))
        process.terminate()
        assert end(process).code == 0

    after = ecs_logging.run(*ONCE, "--policy", policy)

    rolls = [one.body["taskDefinition"] for one in sandbox.writes("UpdateService") if one.body]
    assert [arn.rsplit("/", 1)[-1] for arn in rolls] == ["web:2"]
    assert len(sandbox.writes("StopServiceDeployment")) == 1
    web = next(one for one in after.report["targets"] if one["name"] == "web")
    assert (web["health"], web["reason"]) == ("Degraded", "HeldAfterFailure")


def test_a_restart_without_enforce_watches_a_roll_and_names_what_is_missing(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    sandbox.stalls(lambda document: document["revision"] > 1)
    policy = world.policy(tmp_path, world.POLICY.replace("6s", "10m"))
    first = ecs_logging.start(*FOREVER, "--policy", policy)
    wait_until(lambda: bool(sandbox.writes("UpdateService")))
    first.kill()
    end(first)
    sandbox.clear_requests()

    ended = ecs_logging.run("audit", "--policy", policy)

    assert "Degraded" in ended.out
    assert "--enforce" in ended.out
    assert sandbox.writes() == []


def test_a_second_signal_ends_the_controller_at_once(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    process = ecs_logging.start(*FOREVER, "--policy", world.policy(tmp_path))
    wait_until(lambda: bool(sandbox.requests))
    sandbox.plan("DescribeServices", *[latency(5)] * 50)
    wait_until(lambda: sandbox.counts()["DescribeServices"] > 1)

    process.terminate()
    time.sleep(0.5)
    assert process.poll() is None, "the first signal lets it finish what is in hand"
    process.terminate()

    assert end(process).code == 1
