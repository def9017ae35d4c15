"""A log group to which a governed service logs exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.path import ROOT
from controller.core.judge.demand import Demand, Refuse, Want
from controller.core.judge.rule import Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import LogGroup
from controller.core.policy.severity import Severity

NAME: Final = ROOT / "logGroupName"


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    told = f"the log group {group.ref.name} does not exist in {group.ref.region}"
    if group.exists or context.joined.create:
        yield Want(NAME, group.ref.name, told)
    else:
        yield Refuse(NAME, "CreationNotAsked", f"{told}, and logGroup.create is not set")


LOG_GROUP_EXISTS: Final = Rule(
    id="log-group-exists",
    title="The log group exists before a task needs it",
    why="A task whose group is missing does not start; on EC2 a non-blocking one cannot be "
    "stopped any more.",
    facts=("2.6", "2.26"),
    kind="log-group",
    severity=Severity.HIGH,
    check=_check,
)
