"""A log group is encrypted by the key of the policy, from its first event on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Demand, Refuse
from controller.core.judge.rule import Explained, Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import KEY, LogGroup
from controller.core.policy.severity import Severity


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    asked, key = context.joined.kms_key_id, context.key
    if asked is None or not group.exists:
        return  # A group that is to be made is given its key by log-group-exists.
    name = group.ref.name
    if group.kms_key_id is None:
        yield Refuse(KEY, "KeyDiffers", f"the log group {name} is encrypted by no key of yours")
    elif isinstance(key, Unresolved):
        told = f"whether the log group {name} is encrypted by {asked} cannot be told"
        yield Refuse(KEY, "Unknown", f"{told}: {key.because}")
    elif group.kms_key_id != key:
        told = f"the log group {name} is encrypted by {group.kms_key_id}, not by {asked}"
        yield Refuse(KEY, "KeyDiffers", told)


LOG_GROUP_KMS: Final = Rule(
    id="log-group-kms",
    title="The log group is encrypted by the key that the policy names",
    why="Who may read the logs is then decided by the key's policy too, and every use of the key "
    "is on record.",
    facts=("6.6", "6.9", "6.10"),
    kind="log-group",
    severity=Severity.MEDIUM,
    check=_check,
    explained=Explained(
        relies_on="""
            - A key holds for events that arrive after it was set. Those that were there before stay
              as they were, so a group is best made with its key.
            - CloudWatch Logs takes the ARN of a symmetric key whose policy lets
              `logs.REGION.amazonaws.com` use it. An alias is looked up with `kms:DescribeKey`, in
              the account and Region of the group.
            - Whoever deletes the key deletes what it has encrypted.
        """,
        does="""
            - A missing group is made with the key, by log-group-exists. Where its alias cannot be
              looked up the group is not made: [KeyUnresolved](reasons.md#keyunresolved).
            - A group that exists with another key, or with none, is shown as
              [KeyDiffers](reasons.md#keydiffers) and left alone. With a key, and an alias that
              cannot be looked up, it is [Unknown](reasons.md#unknown).
            - Two services that ask different keys of one group are a
              [PolicyConflict](reasons.md#policyconflict): also if one names it by its ARN and the
              other by an alias.
        """,
        before={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 30},
        after={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 30},
        sources=(
            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
            "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html",
        ),
    ),
)
