"""docs/names.md says what the language does: its policy is loaded, and its table is rendered."""

from __future__ import annotations

import re
from pathlib import Path

from controller.core.document.json import Document
from controller.core.judge.finding import Subject
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.parse import parse
from controller.core.policy.problem import Source
from controller.core.policy.template import VARIABLES
from controller.core.service.context import ServiceContext
from controller.core.service.verdict import judge

PAGE = (Path(__file__).parent.parent / "docs/names.md").read_text(encoding="utf-8")
NAMES = {"cluster": "prod-1", "service": "web", "region": "eu-central-1"}
TASK: Document = {"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1"}]}


def example() -> LoggingPolicy:
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    parsed = parse([Source("names.md", block[1])], known_rules=())
    assert parsed.policies is not None, parsed.problems
    return parsed.policies.policies[0]


def rows() -> list[list[str]]:
    """Return the rows of the table of tags, groups and days."""
    lines = PAGE.split("| `env` |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_the_policy_does_what_the_table_says() -> None:
    assert len(rows()) == 3
    for env, team, group, days in rows():
        tags = {key: value for key, value in (("env", env), ("team", team)) if value != "–"}
        context = ServiceContext(example(), NAMES, "non-blocking", tags)
        subject = Subject("111122223333", "eu-central-1", "service", "prod-1", "web")

        claims = judge(TASK, context, subject, group_settings={}).claims

        asked = {name: claim.retention_in_days for (_, name), claim in claims.items()}
        assert asked == {group: int(days)}


def test_every_variable_is_told() -> None:
    assert [name for name in VARIABLES if f"`{{{name}}}`" not in PAGE] == []
