"""A log group to which a governed service logs exists, made with what it can be given only then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.path import ROOT
from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Demand, Refuse, Together, Want
from controller.core.judge.rule import Explained, Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import CLASS, KEY, PROTECTION, LogGroup
from controller.core.policy.severity import Severity

NAME: Final = ROOT / "logGroupName"


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    if group.exists:
        return
    told = f"the log group {group.ref.name} does not exist in {group.ref.region}"
    if not context.joined.create:
        yield Refuse(NAME, "CreationNotAsked", f"{told}, and logGroup.create is not set")
    elif isinstance(context.key, Unresolved):
        yield Refuse(NAME, "KeyUnresolved", f"{told}, and {context.key.because}")
    else:
        name = Want(NAME, group.ref.name, told)
        yield Together((name, *_made_with(context, context.key, told)), told)


def _made_with(context: LogGroupContext, key: str | None, told: str) -> Iterator[Want]:
    """Yield what the group is given in the call that makes it [fact 6.6]."""
    if key is not None:
        yield Want(KEY, key, told)
    if context.joined.log_group_class is not None:
        yield Want(CLASS, context.joined.log_group_class, told)
    if context.joined.deletion_protection:
        yield Want(PROTECTION, value=True, message=told)


LOG_GROUP_EXISTS: Final = Rule(
    id="log-group-exists",
    title="The log group exists before a task needs it",
    why="A task whose group is missing does not start; on EC2 a non-blocking one cannot be "
    "stopped any more.",
    facts=("2.6", "2.26", "6.5", "6.6", "6.7"),
    kind="log-group",
    severity=Severity.HIGH,
    check=_check,
    explained=Explained(
        relies_on="""
            - awslogs makes the group only where `awslogs-create-group` is `"true"` and the role of
              the task's execution may; such a group has no retention.
            - CloudWatch Logs takes key, class and protection in the call that makes the group. Its
              retention is a call of its own: that of log-group-retention.
            - The hang on EC2 is a known fault of the Docker daemon (moby issue 53143). We have not
              run it.
        """,
        does="""
            - It makes the group, where `logGroup.create` is true. That is the default wherever the
              policy has a `logGroup`.
            - The group is made with the key, the class and the protection that the policy states,
              or not at all, whatever the mode of the rules for these: they speak of groups that
              exist.
            - Else it shows the missing group as [CreationNotAsked](reasons.md#creationnotasked).
            - Several services may share a group. What they ask is joined; any of them in Audit
              makes the group Audit. So does one that logs to it and whose owner has it Disabled, or
              of which it cannot be told who governs it: it may ask for another key or class
              ([ClaimerUndecided](reasons.md#claimerundecided)).
            - A service that no policy governs asks nothing. A group to which nobody else logs is
              not looked at.
        """,
        before={},
        after={
            "logGroupName": "/ecs/prod-1/web",
            "kmsKeyId": "arn:aws:kms:eu-central-1:111122223333:key/1234abcd",
            "logGroupClass": "STANDARD",
            "deletionProtectionEnabled": True,
            "retentionInDays": 30,
        },
        sources=(
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
            (
                "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"
            ),
        ),
    ),
)
