"""How much judging a task definition costs beside parsing its JSON, which nobody can avoid."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.median import median_cpu_seconds
from controller.cli.demo.stage import policies
from controller.core.judge.finding import Subject
from controller.core.judge.setting import settings_for
from controller.core.log_group.rules import RULES
from controller.core.service.context import ServiceContext
from controller.core.service.verdict import judge
from controller.sandbox import Sandbox
from controller.sandbox.fleet import seed

_ROUNDS = 20


def judging_against_parsing() -> str:
    """Judge the task definitions of the seeded fleet again and again; return the ratio."""
    bodies = _bodies()
    policy = policies().policies[0]
    names = dict.fromkeys(("account", "region", "partition", "cluster", "service", "family"), "x")
    context = ServiceContext(policy, names, "non-blocking")
    subject = Subject("x", "x", "service", "x", "x")
    settings = settings_for(RULES, policy)

    def parse() -> None:
        for _ in range(_ROUNDS):
            for body in bodies:
                json.loads(body)

    documents: list[Any] = [json.loads(body) for body in bodies]

    def judged() -> None:
        for _ in range(_ROUNDS):
            for document in documents:
                judge(document, context, subject, group_settings=settings)

    ratio = median_cpu_seconds(judged) / median_cpu_seconds(parse)
    return f"judging a task definition / parsing its JSON: {ratio:.1f} (CPU time)"


def _bodies() -> list[str]:
    sandbox = Sandbox()
    fleet = seed(sandbox)
    revisions = {
        sandbox.service(arn).deployments[0].revision.task_definition
        for arn in fleet.services.values()
        if sandbox.service(arn).deployments
    }
    return [json.dumps(sandbox.document(arn)) for arn in sorted(revisions)]
