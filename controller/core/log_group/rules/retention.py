"""A log group keeps its events as long as the policy says, and never loses what it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.path import ROOT
from controller.core.judge.demand import Demand, Refuse, Want
from controller.core.judge.rule import Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import LogGroup
from controller.core.policy.severity import Severity

DAYS: Final = ROOT / "retentionInDays"


def _check(group: LogGroup, context: LogGroupContext) -> Iterator[Demand]:
    wanted = context.joined.retention_in_days
    if wanted is None or group.retention_in_days == wanted:
        return
    if not (group.exists or context.joined.create):
        return  # Nobody is to make the group, so there is nothing that could keep events.
    kept = "for ever" if group.retention_in_days is None else f"{group.retention_in_days} days"
    told = f"the log group {group.ref.name} keeps events {kept}, not {wanted} days"
    if group.retention_policy is not None:
        # [fact 6.2] The call would succeed and have no effect.
        policy = f"the account's retention policy {group.retention_policy} holds"
        yield Refuse(DAYS, "AccountRetentionPolicy", f"{told}: {policy}")
    elif _would_delete(group, wanted, context):
        yield Refuse(DAYS, "ShorterRetention", f"{told}: shortening it deletes events")
    else:
        yield Want(DAYS, wanted, told)


def _would_delete(group: LogGroup, wanted: int, context: LogGroupContext) -> bool:
    """Tell whether setting the retention would delete events that nobody gave up.

    A group that is not there yet has none, nor has one of ours that we were interrupted in
    making: it carries our tag and no retention.
    """
    if not group.exists or context.joined.allow_shorter_retention:
        return False
    if group.retention_in_days is None:
        return not group.is_ours(context.instance)
    return group.retention_in_days > wanted


LOG_GROUP_RETENTION: Final = Rule(
    id="log-group-retention",
    title="The log group keeps its events as long as the policy says",
    why="Without a retention, events are kept and paid for without end.",
    facts=("6.1", "6.2", "6.3", "6.6"),
    kind="log-group",
    severity=Severity.LOW,
    check=_check,
)
