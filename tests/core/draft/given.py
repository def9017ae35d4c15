"""The vocabulary of these tests: services, and how their containers log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from controller.app.policies import KNOWN_RULES
from controller.core.document.json import Json
from controller.core.draft.draft import PolicyDraft, draft
from controller.core.draft.habits import Habits, habits
from controller.core.draft.text import text_of
from controller.core.inventory_file.model import Answer, InventoryFile, Key, Known
from controller.core.log_group.observed import LogGroup
from controller.core.policy.parse import parse
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.service.revision import Revision
from tests.core.service.given import NOW, REF, container, task_definition
from tests.core.service.scene import IDENTITY, SERVICE

REGION = REF.region


def service(name: str = "web", *, cluster: str = "prod", region: str = REGION) -> ServiceRef:
    """Return the ref of a service."""
    return replace(REF, name=name, cluster=cluster, region=region)


def logs_to(group: str, /, **options: Json) -> dict[str, Any]:
    """Return a log configuration by awslogs (`_` stands for `-`)."""
    others = {key.replace("_", "-"): value for key, value in options.items()}
    awslogs = {"awslogs-group": group, "awslogs-region": REGION, "awslogs-stream-prefix": "ecs"}
    return {"logDriver": "awslogs", "options": awslogs | others}


def fleet(
    running: Mapping[ServiceRef, Sequence[Mapping[str, Any] | None]],
    *,
    retentions: Mapping[str, int | None] | None = None,
    families: Mapping[ServiceRef, str] | None = None,
) -> InventoryFile:
    """Return the inventory of services whose containers have these log configurations.

    The log groups of *retentions* exist, with that retention.
    """
    answers: dict[Key, Answer] = {}
    for at, (ref, logging) in enumerate(running.items()):
        family = (families or {}).get(ref, ref.name)
        arn = f"arn:aws:ecs:{ref.region}:{ref.account}:task-definition/{family}:{at + 1}"
        containers = [
            container(f"c{number}", **({} if one is None else {"logConfiguration": one}))
            for number, one in enumerate(logging)
        ]
        document = task_definition(*containers, family=family)
        shown = {**SERVICE.document, "taskDefinition": arn}
        seen = replace(SERVICE, document=shown)
        revision = Revision(arn, document, {})
        answers[Key(ref.region, "service", ref.arn)] = Known(seen)
        answers[Key(ref.region, "revision", arn)] = Known(revision)
    for name, days in (retentions or {}).items():
        group = LogGroupRef(REF.account, REGION, REF.partition, name)
        described: dict[str, Json] = {"logGroupName": name}
        if days is not None:
            described["retentionInDays"] = days
        answers[Key(REGION, "logGroup", group.arn)] = Known(LogGroup(group, described, {}))
    return InventoryFile(NOW, IDENTITY, (REGION,), (), answers)


def drafts(inventory: InventoryFile) -> tuple[PolicyDraft, ...]:
    """Return what is drafted from an inventory."""
    return draft(habits(inventory))


def habits_of(inventory: InventoryFile) -> Habits:
    """Return the habits of the only service of an inventory."""
    (one,) = habits(inventory)
    return one


def parsed(policies: Sequence[PolicyDraft]) -> PolicySet:
    """Return the policies that the text of a draft states; it must be valid."""
    result = parse([Source("draft", text_of(policies, at=NOW))], known_rules=KNOWN_RULES)
    assert result.policies is not None, result.problems
    return result.policies
