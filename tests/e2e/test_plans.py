"""The whole program: what is planned is what is applied, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program
from tests.leaks import leaks_in


def test_audit_and_plan_write_nothing(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path)

    audit = ecs_logging.run("audit", "--policy", policy, "--fail-on", "High")
    plan = ecs_logging.run("plan", "--policy", policy)

    assert (audit.code, plan.code) == (3, 0)
    assert "log-driver" in audit.out
    assert "awslogs-group" in plan.out
    assert sandbox.writes() == []


def test_a_plan_file_is_applied_as_it_was_made(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    arn = world.service(sandbox, "web")
    policy = world.policy(tmp_path)
    file = str(tmp_path / "plan.json")
    planned = ecs_logging.run("plan", "--policy", policy, "--out", file)

    applied = ecs_logging.run("apply", file, "--policy", policy)

    assert planned.code == 0, planned.err
    assert applied.code == 0, applied.err
    described = world.call(sandbox, "ecs", "DescribeServices", cluster="prod", services=[arn])
    revision = described["services"][0]["taskDefinition"]
    container = sandbox.document(revision)["containerDefinitions"][0]
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/ecs/prod/web"


def test_a_target_that_has_changed_since_the_plan_is_refused(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")
    policy = world.policy(tmp_path)
    file = str(tmp_path / "plan.json")
    ecs_logging.run("plan", "--policy", policy, "--out", file)
    released = world.call(
        sandbox,
        "ecs",
        "RegisterTaskDefinition",
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn="arn:aws:iam::123456789012:role/execution",
        containerDefinitions=[{"name": "app", "image": "example.com/app:2"}],
    )["taskDefinition"]["taskDefinitionArn"]
    world.call(
        sandbox, "ecs", "UpdateService", cluster="prod", service="web", taskDefinition=released
    )
    sandbox.tick(4)

    applied = ecs_logging.run("apply", file, "--policy", policy)

    assert applied.code == 1
    assert "PlanOutdated" in applied.out + applied.err
    assert sandbox.writes("UpdateService") == []


def test_a_plan_file_holds_neither_old_values_nor_the_environment(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(
        sandbox,
        "web",
        log_configuration={
            "logDriver": "splunk",
            "options": {"splunk-url": "https://old.example", "splunk-token": "CANARY-0ddba11"},
        },
    )
    file = tmp_path / "plan.json"

    ended = ecs_logging.run("plan", "--policy", world.policy(tmp_path), "--out", str(file))

    planned = json.loads(file.read_text("utf-8"))
    assert ended.code == 0, ended.err
    assert {one["kind"] for one in planned["targets"]} == {"service", "log-group"}
    assert "old.example" not in file.read_text("utf-8") + ended.out
    assert leaks_in(file.read_bytes()) == ()


def test_apply_without_a_plan_file_wants_enforce_said(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)
    world.service(sandbox, "web")

    ended = ecs_logging.run("apply", "--policy", world.policy(tmp_path))

    assert ended.code == 2
    assert "--enforce" in ended.err
    assert sandbox.writes() == []
