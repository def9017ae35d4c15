"""Rules for tests: what each demands is said where it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from controller.core.document.json import Document
from controller.core.judge.demand import Demand
from controller.core.judge.evaluate import Judgement, evaluate
from controller.core.judge.finding import Subject
from controller.core.judge.rule import Rule
from controller.core.judge.setting import Setting
from controller.core.policy.mode import Mode
from controller.core.policy.severity import Severity

SUBJECT = Subject("111122223333", "eu-central-1", "service", "prod", "web")
ENFORCE = Setting(Mode.ENFORCE, Severity.HIGH)
AUDIT = Setting(Mode.AUDIT, Severity.HIGH)
DISABLED = Setting(Mode.DISABLED, Severity.HIGH)

Asked = Rule[Document, None]


def rule(name: str, *demands: Demand, needs: tuple[str, ...] = ()) -> Asked:
    """Return a rule that demands the same of every document."""

    def check(view: Document, context: None) -> Iterator[Demand]:
        yield from demands

    return Rule(
        id=name,
        title=name,
        why="a test asks for it",
        facts=(),
        kind="service",
        severity=Severity.LOW,
        check=check,
        needs=needs,
    )


def evaluated(
    document: Document, *rules: Asked, settings: Mapping[str, Setting] | None = None
) -> Judgement:
    """Return what the rules say; a rule without a setting here is in Enforce."""
    taken = {one.id: ENFORCE for one in rules} | dict(settings or {})
    return evaluate(rules, document, document, None, settings=taken, subject=SUBJECT)
