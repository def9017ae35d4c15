"""docs/guide.md can be followed: its files are what it says, and its commands end so."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from controller.app.policies import load
from controller.app.policy_tests import run_tests
from controller.sandbox import DEFAULT_REGION, Sandbox
from tests.e2e import world
from tests.e2e.process import Program, program

GUIDE = (Path(__file__).parents[2] / "docs/guide.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:`(?P<file>[\w./-]+)`:\n\n)?^```(?:yaml|json|console)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
TOO_LONG = ("apply", "demo", "run")
"""What ends late or never; other tests run it."""


@dataclass(frozen=True, slots=True)
class Write:
    """A file that the reader writes."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A command that the reader runs, where its output goes, and its exit code."""

    words: tuple[str, ...]
    into: str | None
    code: int


def steps(guide: str) -> Iterator[Write | Run]:
    """Yield what a reader of the guide does, in its order."""
    for block in BLOCK.finditer(guide):
        if block["file"] is not None:
            yield Write(block["file"], block["body"])
            continue
        for line in re.findall(r"^\$ ecs-logging (.*)$", block["body"], re.MULTILINE):
            said = re.search(r"# exit code (\d)", line)
            words, _, into = " ".join(shlex.split(line, comments=True)).partition(" > ")
            yield Run(tuple(words.split()), into or None, int(said[1]) if said else 0)


def follow(step: Write | Run, program: Program) -> None:
    """Do a step, and see that a command ends as the guide says."""
    match step:
        case Write(file, text):
            path = program.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        case Run(words, into, code) if words[0] not in TOO_LONG:
            ended = program.run(*words)
            assert ended.code == code, (words, ended.out, ended.err)
            if into is not None:
                (program.folder / into).write_text(ended.out, encoding="utf-8")
        case _:
            pass


@pytest.mark.timeout(180)
@pytest.mark.slow
def test_a_reader_who_follows_the_guide_gets_where_it_leads(
    sandbox: Sandbox, ecs_logging: Program
) -> None:
    blocking = {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": "/ecs/api",
            "awslogs-region": DEFAULT_REGION,
            "awslogs-stream-prefix": "api",
            "mode": "blocking",
        },
    }
    for cluster in ("prod-1", "prod-2"):
        world.cluster(sandbox, cluster)
    world.call(sandbox, "logs", "CreateLogGroup", logGroupName="/ecs/api")
    world.service(sandbox, "web", cluster="prod-2")
    world.service(sandbox, "billing", cluster="prod-1")
    world.service(sandbox, "api", cluster="prod-1", log_configuration=blocking)

    for step in steps(GUIDE):
        follow(step, ecs_logging)

    planned = json.loads((ecs_logging.folder / "plan.json").read_text("utf-8"))
    assert len(planned["targets"]) == 1, "the plan of step 9 changes one service"


def test_the_files_of_the_guide_are_valid_and_its_test_passes(tmp_path: Path) -> None:
    written = [step for step in steps(GUIDE) if isinstance(step, Write)]
    for step in written:
        follow(step, program(None, tmp_path))

    parsed = load([tmp_path / "policies"])
    ran = run_tests([tmp_path / "policies"])

    assert parsed.problems == ()
    assert parsed.policies is not None
    assert {one.name for one in parsed.policies.policies} == {"production", "production-first"}
    assert (ran.problems, ran.untested) == ([], [])
    assert [one.name for one in ran.tested if not one.passed] == []
    assert len(ran.tested) == 5


def test_the_guide_has_files_and_commands() -> None:
    told = [*steps(GUIDE)]

    assert len([one for one in told if isinstance(one, Write)]) >= 6
    assert len([one for one in told if isinstance(one, Run)]) >= 15
