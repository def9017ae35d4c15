"""A log group cannot be deleted before somebody takes its protection off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.judge.demand import Demand, Refuse
from controller.core.judge.rule import Explained, Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import PROTECTION, LogGroup
from controller.core.policy.severity import Severity


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    if not context.joined.deletion_protection or not group.exists or group.is_protected:
        return
    told = f"the log group {group.ref.name} is not protected from deletion"
    yield Refuse(PROTECTION, "NotProtected", told)


LOG_GROUP_DELETION_PROTECTION: Final = Rule(
    id="log-group-deletion-protection",
    title="The log group is protected from deletion",
    why="One call deletes a log group with all its events, and nothing brings them back.",
    facts=("6.7",),
    kind="log-group",
    severity=Severity.MEDIUM,
    check=_check,
    explained=Explained(
        relies_on="""
            - A protected group can be deleted only after somebody has taken the protection off,
              which is a call of its own with a permission of its own.
        """,
        does="""
            - A missing group is made protected, by log-group-exists, where any of those who share
              it asks for that.
            - A group that exists without protection is shown as
              [NotProtected](reasons.md#notprotected) and left alone.
            - A group that is protected though nobody asks for it stays so.
        """,
        before={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 30},
        after={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 30},
        sources=(
            "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html",
        ),
    ),
)
