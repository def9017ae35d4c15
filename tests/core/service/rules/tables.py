"""How the tables of the rules are read: one container, one rule, and the edits that follow."""

from __future__ import annotations

from controller.core.document.edit import Edit, Remove, Set
from controller.core.document.json import Json, Missing
from controller.core.document.path import named
from controller.core.policy.model import LoggingPolicy
from controller.core.service.rules import RULES
from controller.core.service.task_definition import CONTAINERS
from controller.core.service.verdict import Verdict
from tests.core.service.given import container, judged, policy, task_definition

LOGS = CONTAINERS / named("web") / "logConfiguration"


def options(**changed: Json) -> list[Edit]:
    """Return edits of log options: `_` stands for `-`, and None removes."""
    edits: list[Edit] = []
    for key, value in changed.items():
        path = LOGS / "options" / key.replace("_", "-")
        edits.append(Remove(path) if value is None else Set(path, value))
    return edits


def only(rule: str, **changes: object) -> LoggingPolicy:
    """Return a policy that asks one rule and no other."""
    others = {one.id: {"mode": "Disabled"} for one in RULES if one.id != rule}
    return policy(rules=others, **changes)


def said_by(
    rule: str, logs: Json | Missing, *, default_mode: Json = "non-blocking", **changes: object
) -> Verdict:
    """Return what one rule says of a container that logs so; MISSING: it states nothing."""
    shown = container() if isinstance(logs, Missing) else container(logConfiguration=logs)
    return judged(task_definition(shown), only(rule, **changes), default_mode=default_mode)


def edits_of(
    rule: str, logs: Json | Missing, *, default_mode: Json = "non-blocking", **changes: object
) -> list[Edit]:
    """Return the edits of one rule for a container that logs so."""
    verdict = said_by(rule, logs, default_mode=default_mode, **changes)
    assert all(one.rule == rule for one in verdict.judgement.findings)
    return list(verdict.judgement.edits)
