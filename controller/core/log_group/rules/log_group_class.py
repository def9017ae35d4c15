"""A log group is of the class that the policy states, which it keeps for its whole life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.judge.demand import Demand, Refuse
from controller.core.judge.rule import Explained, Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import CLASS, LogGroup
from controller.core.policy.severity import Severity


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    asked = context.joined.log_group_class
    if asked is None or not group.exists or group.log_group_class == asked:
        return
    told = f"the log group {group.ref.name} is of class {group.log_group_class}, not {asked}"
    yield Refuse(CLASS, "ClassIsImmutable", f"{told}, and a class can never be changed")


LOG_GROUP_CLASS: Final = Rule(
    id="log-group-class",
    title="The log group is of the class that the policy states",
    why="The class decides what an event costs and what can be done with it.",
    facts=("6.5",),
    kind="log-group",
    severity=Severity.LOW,
    check=_check,
    explained=Explained(
        relies_on="""
            - A class is given to a group when it is made, and stays for good. Without one it is
              STANDARD.
            - The class DELIVERY is for Lambda alone, so a policy cannot ask for it.
            - What the cheaper classes lack, such as metric and subscription filters, we have not
              verified.
        """,
        does="""
            - A missing group is made with the class, by log-group-exists.
            - A group of another class is shown as
              [ClassIsImmutable](reasons.md#classisimmutable) and left alone.
            - Two services that ask different classes of one group are a
              [PolicyConflict](reasons.md#policyconflict).
        """,
        before={
            "logGroupName": "/ecs/prod-1/web",
            "logGroupClass": "INFREQUENT_ACCESS",
            "retentionInDays": 30,
        },
        after={
            "logGroupName": "/ecs/prod-1/web",
            "logGroupClass": "INFREQUENT_ACCESS",
            "retentionInDays": 30,
        },
        sources=(
            "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
        ),
    ),
)
