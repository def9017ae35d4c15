"""The whole program, whose policies change on disk while it runs."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Ended, Program, checked

WATCHING = ("run", "--probe-port", "0", "--probe-host", "127.0.0.1", "--policy-poll", "1s")
AUDIT = world.POLICY.replace("Enforce", "Audit")
ELSEWHERE = AUDIT.replace("/ecs/{cluster}", "/elsewhere/{cluster}").replace("30}", "90}")

T = TypeVar("T")
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Watching:
    """A controller that runs, and the file to which its log goes."""

    log: Path

    def lines(self) -> list[Line]:
        """The lines of its log so far; one that is being written is left for later."""
        text = self.log.read_text("utf-8")
        return [json.loads(one) for one in text.splitlines(keepends=True) if one.endswith("\n")]

    def says(self, event: str, **fields: object) -> Line:
        """Wait for a line of the log with these fields, and return it."""
        return wait_for(
            lambda: next(
                (
                    one
                    for one in self.lines()
                    if one["event"] == event and fields.items() <= one.items()
                ),
                None,
            ),
            event,
        )

    def probe(self, path: str) -> tuple[int, str]:
        """Ask a probe: its status and its text."""
        port = self.says("started")["probes"]
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def becomes(self, status: int, path: str) -> str:
        """Wait until a probe answers with this status, and return what it tells."""

        def told() -> str | None:
            found, text = self.probe(path)
            return text if found == status else None

        return wait_for(told, f"{path} answers {status}")


def wait_for(look: Callable[[], T | None], what: str, *, seconds: float = 30) -> T:
    """Return what *look* finds as soon as it does; fail the test if that takes too long."""
    end = time.monotonic() + seconds
    while (found := look()) is None:
        assert time.monotonic() < end, f"it never came to that: {what}"
        time.sleep(0.05)
    return found


@contextmanager
def watching(program: Program, *arguments: str) -> Iterator[Watching]:
    """Run the controller for as long as the block runs; it must end well."""
    log = program.folder / "log"
    process = program.start(*arguments, log=log)
    try:
        yield Watching(log)
    finally:
        process.terminate()
        assert end_of(process, log).code == 0


def end_of(process: subprocess.Popen[str], log: Path) -> Ended:
    out, _ = process.communicate(timeout=40)
    return checked(Ended(process.returncode, out, log.read_text("utf-8")))


def test_a_policy_that_changes_on_disk_is_taken_over_while_it_runs(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path, AUDIT)

    with watching(ecs_logging, *WATCHING, "--policy", policy) as controller:
        old = controller.says("seen", service="web")["policy_digest"]
        controller.says("seen", log_group="/ecs/prod/web")
        world.policy(tmp_path, ELSEWHERE)

        switch = controller.says("the policies were switched", old_policy_digest=old)
        seen = controller.says("seen", log_group="/elsewhere/prod/web")

    assert old != switch["policy_digest"] == seen["policy_digest"]
    assert all("policy_digest" in one for one in controller.lines())
    assert sandbox.writes() == []


def test_a_policy_that_breaks_on_disk_is_refused_until_it_is_mended(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path, AUDIT)

    with watching(ecs_logging, *WATCHING, "--policy", policy) as controller:
        checks = controller.becomes(200, "/readyz?verbose")
        world.policy(tmp_path, AUDIT.replace("mode:", "modus:"))

        problem = controller.says("a problem of the policies")
        told = controller.becomes(500, "/readyz")
        assert "[-]policy failed: what is written now is refused" in told
        assert f"{policy}:6:3: UnknownKey" in told
        assert controller.probe("/healthz") == (200, "ok")
        world.policy(tmp_path, AUDIT)

        controller.becomes(200, "/readyz")
        controller.says("the policies are valid again")

    assert (problem["level"], f"{policy}:6:3" in problem["message"]) == ("warning", True)
    assert re.findall(r"^\[\+\](\S+) ok$", checks, re.MULTILINE) == documented("/readyz")
    assert problem["policy_digest"] == controller.says("started")["policy_digest"]


def documented(probe: str) -> list[str]:
    """Return the sub-checks of a probe that the page on running names, sorted."""
    page = (Path(__file__).parents[2] / "docs/running.md").read_text("utf-8")
    return sorted(re.findall(rf"^\| `([\w-]+)` \| `{probe}` \|", page, re.MULTILINE))


def test_the_controller_does_not_start_with_a_bad_policy(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    policy = world.policy(tmp_path, AUDIT.replace("mode:", "modus:"))

    ended = ecs_logging.run(*WATCHING, "--policy", policy)

    assert ended.code == 2
    assert f"{policy}:6:3: UnknownKey" in ended.err
    assert sandbox.requests == []
