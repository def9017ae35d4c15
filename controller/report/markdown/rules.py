"""Rules as Markdown: docs/rules.md, and the help of a single one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any, Final

from controller.core.document.digest import plain
from controller.core.document.json import Document
from controller.core.frameworks import CONTROLS
from controller.core.judge.rule import Rule
from controller.report.markdown.writing import fenced, heading, listing, page, strong

_MADE: Final = (
    "<!-- Made by `make docs` from the rules, `explained` in controller/core/*/rules/*.py:"
    " change it there. -->"
)
_INTRO: Final = """\
What the controller insists on. A rule says what must be; the policy says where, and what the \
names are. Every rule is on, with the mode of its policy, unless `rules` in the policy says \
otherwise. `ecs-logging explain RULE` shows what stands here of one.

```yaml
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  mode: Enforce
  match:
    - clusters: ["prod-*"]
  destinations:
    - awslogs: {group: "/ecs/{cluster}/{service}", streamPrefix: "{service}", mode: non-blocking, \
maxBufferSize: 25m}
  logGroup:
    {create: true, retentionInDays: 30, kmsKeyId: alias/logs, class: STANDARD, \
deletionProtection: true}
  rules:
    log-group-retention: {severity: Medium}   # Low, Medium, High, Critical; and mode: Disabled, \
Audit, Enforce
```

All examples below are what this policy does to the service `web` of the cluster `prod-1` in \
`eu-central-1`, where `alias/logs` names the key `1234abcd`. Of a task definition they show the \
members of one container that matter, of a log group what `DescribeLogGroups` shows. The other \
members of both stay as they are.

The rules for services come first, then those for the log groups to which governed services log. \
Numbers such as [fact 2.1] in the code stand for entries of the project's collection of facts; \
what a rule needs of them is told here in words.
"""


def render(rules: Iterable[Rule[Any, Any]]) -> str:
    """Return the page of all rules."""
    blocks = (block for rule in rules for block in (heading(2, rule.id), *_blocks(rule)))
    return page(_MADE, heading(1, "Rules"), _INTRO, *blocks)


def help_of(rule: Rule[Any, Any]) -> str:
    """Return what is told of one rule, without a heading."""
    return page(*_blocks(rule)).rstrip("\n")


def _blocks(rule: Rule[Any, Any]) -> Iterator[str]:
    told = rule.explained
    yield f"{strong(f'{rule.title}.')} Severity: {rule.severity}."
    yield f"Why: {rule.why}"
    yield from _list("What it relies on:", points(told.relies_on))
    yield from _list("What it does:", points(told.does))
    if told.before != told.after:
        yield "Before:"
        yield fenced(_json(told.before), "json")
        yield "After:"
        yield fenced(_json(told.after), "json")
    elif told.before:
        yield "Shown, and left as it is:"
        yield fenced(_json(told.before), "json")
    yield from _list("Asked for by:", _controls(told.frameworks))
    yield from _list("Sources:", (f"<{url}>" for url in told.sources))


def points(markdown: str) -> tuple[str, ...]:
    """Return the members of a list of Markdown, each on one line."""
    members = re.split(r"^- ", cleandoc(markdown), flags=re.MULTILINE)
    return tuple(" ".join(one.split()) for one in members if one.strip())


def _list(introduction: str, elements: Iterable[str]) -> Iterator[str]:
    if written := listing(elements):
        yield introduction
        yield written


def _controls(ids: Iterable[str]) -> Iterator[str]:
    known = {one.id: one for one in CONTROLS}
    yield from (f"[{one}]({known[one].url}) of {known[one].framework}" for one in ids)


def _json(document: Document) -> str:
    return json.dumps(plain(document), indent=2, ensure_ascii=False)
