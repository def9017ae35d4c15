"""The vocabulary of these tests: policies, task definitions, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from controller.core.document.json import Document, Json
from controller.core.judge.finding import Finding, Subject
from controller.core.judge.setting import settings_for
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.policy.model import LoggingPolicy
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.context import ServiceContext
from controller.core.service.verdict import Verdict, judge

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REF = ServiceRef("111122223333", "eu-central-1", "aws", "prod", "web")
SIBLING = replace(REF, name="sibling")
GROUP = LogGroupRef(REF.account, REF.region, REF.partition, "/ecs/web")
SUBJECT = Subject(REF.account, REF.region, "service", REF.cluster, REF.name)
NAMES = {
    "account": REF.account,
    "region": REF.region,
    "partition": REF.partition,
    "cluster": REF.cluster,
    "service": REF.name,
    "family": "shop",
}
TAGS = {"team": "shop", "env": "prod", "title": "a shop: all of it", "none": ""}


def minutes(number: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)


def ago(number: float) -> datetime:
    """Return the moment so many minutes before now."""
    return NOW - minutes(number)


# ── policies and task definitions ─────────────────────────────────────────────────────────────────


def policy(**changes: Any) -> LoggingPolicy:
    """Return a policy that enforces awslogs, non-blocking, and keeps nothing; with *changes*."""
    awslogs = {"group": "/ecs/{service}", "stream_prefix": "{service}"}
    stated = {
        "name": "production",
        "mode": "Enforce",
        "match": ({"clusters": ("*",)},),
        "destinations": ({"awslogs": awslogs, "keep": ()},),
        "log_group": {"create": True, "retention_in_days": 30},
    }
    return LoggingPolicy.model_validate(stated | changes)


def destination(*, keep: tuple[str, ...] = (), **awslogs: Any) -> dict[str, object]:
    """Return the last destination of a policy."""
    stated = {"group": "/ecs/{service}", "stream_prefix": "{service}"}
    return {"awslogs": stated | awslogs, "keep": keep}


def container(name: str = "web", /, **members: Json) -> dict[str, Json]:
    """Return a container definition."""
    return {"name": name, "image": f"shop/{name}:1", **members}


def awslogs(**options: Json) -> dict[str, Json]:
    """Return a log configuration as the policy wants it, save *options* (`_` stands for `-`).

    An option that is None is left out.
    """
    wanted: dict[str, Json] = {
        "awslogs-group": "/ecs/web",
        "awslogs-region": "eu-central-1",
        "awslogs-stream-prefix": "web",
        "mode": "non-blocking",
    }
    changed = wanted | {key.replace("_", "-"): value for key, value in options.items()}
    given = {key: value for key, value in changed.items() if value is not None}
    return {"logDriver": "awslogs", "options": given}


def logging_by(driver: Json, **members: Json) -> dict[str, Json]:
    """Return a log configuration of another driver."""
    return {"logDriver": driver, **members}


def task_definition(*containers: Json, **members: Json) -> dict[str, Json]:
    """Return the body of a registration."""
    return {
        "family": "shop",
        "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
        "containerDefinitions": list(containers),
        **members,
    }


def judged(
    document: Document,
    by: LoggingPolicy | None = None,
    *,
    default_mode: Json = "non-blocking",
    names: Mapping[str, str | None] = NAMES,
    tags: Mapping[str, str] | None = TAGS,
) -> Verdict:
    """Return the verdict of a policy on a document; *names* replace those that templates use."""
    governing = by or policy()
    return judge(
        document,
        ServiceContext(governing, {**NAMES, **names}, default_mode, tags),
        SUBJECT,
        group_settings=settings_for(GROUP_RULES, governing),
    )


def findings_of(rule: str, verdict: Verdict) -> list[Finding]:
    """Return what one rule has found."""
    return [one for one in verdict.judgement.findings if one.rule == rule]


DRIFTED = task_definition(container(logConfiguration=awslogs(mode="blocking")))
CORRECTED = task_definition(container(logConfiguration=awslogs()))
