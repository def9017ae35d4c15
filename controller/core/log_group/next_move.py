"""The next step of one log group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from controller.core.consent import Yes
from controller.core.document.edit import Edit, Set
from controller.core.document.json import text
from controller.core.log_group.observed import CLASS, KEY, MANAGED_BY, PROTECTION, LogGroup
from controller.core.log_group.rules.exists import NAME
from controller.core.log_group.rules.retention import DAYS
from controller.core.log_group.verdict import LogGroupVerdict
from controller.core.move import CreateLogGroup, Decision, Done, SetRetention, Wait
from controller.core.policy.owned import Marks, Owner, owned_elsewhere, owner_of
from controller.core.policy.owners import OwnerMode
from controller.core.reason import Health, Reason

_LOOK_AGAIN: Final = timedelta(seconds=5)
_LET_IT_READ: Final = (
    "Let the controller read it (see docs/permissions.md), or set the rule to Audit."
)
SEEN_WHOLE: Final = Reason(
    "ClaimsIncomplete",
    "not every service has been seen yet, so another may claim this group otherwise",
    "It goes on by itself after the first pass.",
)
SEEN_IN_PART: Final = Reason(
    "ClaimsIncomplete",
    "not every service of the account and Region was looked at, and one that was not may ask "
    "otherwise of this group",
    "Run without --cluster, with the permission to read every cluster.",
)


def next_move(
    group: LogGroup,
    verdict: LogGroupVerdict,
    *,
    instance: str,
    yes: Yes,
    claims_complete: bool,
    claims_whole: bool,
    now: datetime,
) -> Decision:
    """Return the next step: create the group, or set its retention, or nothing.

    Creating a group and setting its retention pass the yeses and the owner, no other gate: what
    somebody else owns is left to them, unless the policies of all who ask say otherwise. What a
    rule in Enforce does not know forbids both. A
    group that is there already is written to only if every service was seen (*claims_whole*): one
    that was not may claim it, too. Only what we were interrupted in making is completed anyway.
    """
    edits = verdict.judgement.enforced
    if not edits:
        return Decision(Done(_why_not(verdict)))
    unknown = verdict.judgement.unknown_in_enforce
    if unknown:
        return Decision(Done(Reason("Unknown", unknown[0].message, _LET_IT_READ)))
    owner = _owner(group, verdict, instance)
    if owner is not None and owner.mode is not OwnerMode.ENFORCE:
        return Decision(Done(owned_elsewhere(owner, "the log group")))
    if not claims_complete:
        return Decision(Wait(SEEN_WHOLE, now + _LOOK_AGAIN))
    if group.exists and not claims_whole and not _completes(group, edits[0], instance, now):
        return Decision(Wait(SEEN_IN_PART))
    if not yes.given:
        return Decision(Wait(yes.otherwise))
    return _write(group, edits, instance)


def _owner(group: LogGroup, verdict: LogGroupVerdict, instance: str) -> Owner | None:
    by = group.tags.get(MANAGED_BY)
    another = by if by not in (None, instance) else None
    return owner_of(Marks({"the log group": group.tags}, instance=another), verdict.joined.owners)


def _completes(group: LogGroup, edit: Edit, instance: str, now: datetime) -> bool:
    match edit:
        case Set(path=path, value=int(days)) if path == DAYS:
            return group.is_unfinished(instance, days=days, now=now)
        case _:
            return False


def _write(group: LogGroup, edits: tuple[Edit, ...], instance: str) -> Decision:
    match edits[0]:
        case Set(path=path) if path == NAME:
            return Decision(_creation(group, edits, instance), Health.PROGRESSING)
        case Set(path=path) if path == DAYS and not group.exists:
            told = f"the log group {group.ref.name} is to be made first"
            return Decision(Done(Reason("LogGroupMissing", told, "Let log-group-exists enforce.")))
        case Set(path=path, value=int(days)) if path == DAYS:
            return Decision(SetRetention(group.ref, days), Health.PROGRESSING)
        case edit:
            told = f"{edit.path} of a log group is not ours to write"
            return Decision(Done(Reason("Unknown", told)))


def _creation(group: LogGroup, edits: tuple[Edit, ...], instance: str) -> CreateLogGroup:
    wanted = {edit.path: edit.value for edit in edits if isinstance(edit, Set)}
    return CreateLogGroup(
        group.ref,
        {MANAGED_BY: instance},
        kms_key_id=text(wanted.get(KEY)),
        log_group_class=text(wanted.get(CLASS)),
        deletion_protection=wanted.get(PROTECTION) is True,
    )


def _why_not(verdict: LogGroupVerdict) -> Reason | None:
    for finding in verdict.judgement.findings:
        if finding.exempt_by is not None and finding.blocked is not None:
            return Reason(finding.blocked, f"{finding.exempt_by} exempts it: {finding.message}")
        if finding.blocked is not None:
            return Reason(finding.blocked, finding.message)
    return None
