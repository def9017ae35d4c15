"""A fleet is saved by the program, and judged where there is neither AWS nor credentials."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program, program
from tests.leaks import leaks_under

BLOCKING = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": "/ecs/web",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "web",
        "mode": "blocking",
    },
}


def known(targets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the targets without what an inventory cannot tell.

    That is whether log groups exist to which nothing logs so far.
    """
    return [
        one | {"gates": [gate for gate in one["gates"] if gate["gate"] != "log_groups"]}
        for one in targets
    ]


def test_a_saved_fleet_is_judged_without_aws_as_in_aws(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web", log_configuration=BLOCKING)
    world.service(sandbox, "silent")
    asked = ("--policy", world.policy(tmp_path), "--output", "json")

    saved = ecs_logging.run("inventory", "save", "fleet.json", *asked[:2])
    live = ecs_logging.run("audit", *asked)
    offline = program(None, tmp_path)
    del offline.environment["AWS_ACCESS_KEY_ID"], offline.environment["AWS_SECRET_ACCESS_KEY"]
    del offline.environment["AWS_DEFAULT_REGION"]
    judged = offline.run("audit", "--inventory", "fleet.json", *asked)
    shown = offline.run("inventory", "show", "fleet.json")

    assert (saved.code, saved.err) == (0, "fleet.json: 2 services\n")
    assert (judged.code, judged.err) == (live.code, "")
    assert known(judged.report["targets"]) == known(live.report["targets"])
    assert judged.report["summary"] == live.report["summary"]
    assert "2 services in 1 cluster." in shown.out
    assert leaks_under(tmp_path) == {}
