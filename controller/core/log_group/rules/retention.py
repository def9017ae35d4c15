"""A log group keeps its events as long as the policy says, and never loses what it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.path import ROOT
from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Demand, Refuse, Want
from controller.core.judge.rule import Explained, Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import LogGroup
from controller.core.policy.severity import Severity
from controller.core.reason import Reason

DAYS: Final = ROOT / "retentionInDays"


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    wanted = context.joined.retention_in_days
    if wanted is None or group.retention_in_days == wanted:
        return
    if not (group.exists or context.can_create):
        return  # Nobody is to make the group, so there is nothing that could keep events.
    if isinstance(wanted, Unresolved | Reason):
        yield _not_told(group, wanted)
        return
    if context.joined.may_keep_longer and _keeps_longer(group, wanted, context):
        return
    kept = "for ever" if group.retention_in_days is None else f"{group.retention_in_days} days"
    told = f"the log group {group.ref.name} keeps events {kept}, not {wanted} days"
    if group.retention_policy is not None:
        # [fact 6.2] The call would succeed and have no effect.
        policy = f"the account's retention policy {group.retention_policy} holds"
        yield Refuse(DAYS, "AccountRetentionPolicy", f"{told}: {policy}")
    elif _would_delete(group, wanted, context):
        yield Refuse(DAYS, "ShorterRetention", f"{told}: {_whose(context)}")
    else:
        yield Want(DAYS, wanted, told)


def _keeps_longer(group: LogGroup, wanted: int, context: LogGroupContext) -> bool:
    if not group.exists or _is_unfinished(group, wanted, context):
        return False
    return group.retention_in_days is None or group.retention_in_days > wanted


def _is_unfinished(group: LogGroup, wanted: int, context: LogGroupContext) -> bool:
    return group.is_unfinished(context.instance, days=wanted, now=context.now)


def _whose(context: LogGroupContext) -> str:
    if context.joined.kept_for_users:
        return "shortening it deletes events, also of containers for which nobody asks that"
    return "shortening it deletes events"


def _not_told(group: LogGroup, wanted: Unresolved | Reason) -> Demand:
    told = f"the log group {group.ref.name} has no retention from the policy"
    if isinstance(wanted, Unresolved):
        return Want(DAYS, wanted, told)
    return Refuse(DAYS, wanted.code, f"{told}: {wanted.message}")


def _would_delete(group: LogGroup, wanted: int, context: LogGroupContext) -> bool:
    """Tell whether setting the retention would delete events that nobody gave up.

    A group that is not there yet has none, nor has one of ours that is younger than the retention.
    """
    if not group.exists or context.joined.allow_shorter_retention:
        return False
    if group.retention_in_days is None:
        return not _is_unfinished(group, wanted, context)
    return group.retention_in_days > wanted


LOG_GROUP_RETENTION: Final = Rule(
    id="log-group-retention",
    title="The log group keeps its events as long as the policy says",
    why="Without a retention, events are kept and paid for without end.",
    facts=("6.1", "6.2", "6.3", "6.6"),
    kind="log-group",
    severity=Severity.LOW,
    check=_check,
    explained=Explained(
        relies_on="""
            - CloudWatch Logs takes 22 numbers of days and no others. No number means for ever.
            - An account may have a retention policy that overrides the group's own. Setting ours
              would then succeed and do nothing, so it is refused:
              [AccountRetentionPolicy](reasons.md#accountretentionpolicy).
            - Expired events are gone for good, within 72 hours.
            - A group is made without its retention; setting it is a second call. A group that
              carries our tag and has no retention may be one in whose making we were interrupted.
              It is completed while it is younger than the retention, so that nothing in it can
              have expired. After that it counts as one that keeps its events for ever.
        """,
        does="""
            - It lengthens the retention. Shortening it, also from "for ever", is refused unless the
              policy asks for it by name: [ShorterRetention](reasons.md#shorterretention).
            - Shortening is refused, too, while anybody else logs to the group who has not asked for
              it: a service that no policy governs, one whose policy is Disabled, or a container
              that is excluded. They do not keep the group from being made or lengthened.
            - With `retention: AtLeast` whatever keeps its events longer, or for ever, stays as it
              is.
            - Two services that ask different numbers of one group are a
              [PolicyConflict](reasons.md#policyconflict), and nothing is written.
            - Where the number is a variable that has no value for a service, nothing is set:
              [NoValue](reasons.md#novalue).
        """,
        before={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 14},
        after={"logGroupName": "/ecs/prod-1/web", "retentionInDays": 30},
        frameworks=("CloudWatch.16",),
        sources=(
            (
                "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
            ),
            (
                "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html"
            ),
        ),
    ),
)
