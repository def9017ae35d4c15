"""What became of the rolls of ours that a service has seen: what stops the line, and what proves.

The history of the service's deployments tells; where that was not read, the PRIMARY deployment and
the marks on our revisions do, as far as they go.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from controller.core.pace.traffic import RollResult
from controller.core.service.deployment import History, PastDeployment, went_back
from controller.core.service.observed import Family, Observed
from controller.core.service.revision import POLICY_DIGEST, Revision, failure_tag
from controller.core.service.rolls.by_aws import failed_by_aws
from controller.core.service.rolls.phases import Failed, NotOurs, Overtaken, Phase, Proven

_SUCCESSFUL: Final = "SUCCESSFUL"  # [fact 1.25]


def roll_results(
    observed: Observed, current: Phase, bake: timedelta, *, unmarked: bool = False
) -> tuple[RollResult, ...]:
    """Return what became of our rolls of the service, oldest first; *current* is how the last does.

    What cannot be told to have been ours does not count: others' failures are not ours to heed. A
    roll over which a release came within *bake* has neither failed nor succeeded; nor has one
    without a task, as long as none has run. Nor has one from which somebody else went back: our own
    return marks first, and of its own AWS tells. *unmarked*: of late no failure could be marked, so
    a return may have been ours, and the roll counts as failed.
    """
    results = [
        result
        for revision in _ours(observed)
        for result in _marked(
            revision, _rolls_to(revision, observed, current, bake, unmarked=unmarked), observed
        )
    ]
    return tuple(sorted(results, key=lambda one: one.at))


def failed_at(revision: Revision, service_arn: str) -> datetime | None:
    """Return when a revision was marked as failed for the service; None where it was not.

    The mark is `<reason> <moment>`; one without a moment is as none, for the history tells. So is
    one that only says that the service was set back.
    """
    if revision.was_only_left_by(service_arn):
        return None
    moment = revision.tags.get(failure_tag(service_arn), "").rpartition(" ")[2]
    try:
        return datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return None


def _ours(observed: Observed) -> list[Revision]:
    """Return all revisions of ours that were read, each once."""
    read = [observed.revision]
    if isinstance(observed.family, Family):
        read += observed.family.revisions
    if isinstance(observed.history, History):
        read += [past.revision for past in observed.history.deployments if past.revision]
    ours = {one.arn: one for one in read if one.bears_our_name(observed.identity)}
    return list(ours.values())


def _rolls_to(
    revision: Revision, observed: Observed, current: Phase, bake: timedelta, *, unmarked: bool
) -> list[RollResult]:
    """Return the rolls to one revision of ours, newest first."""
    if not isinstance(observed.history, History):
        return _of_primary(revision, observed, current)
    deployments = observed.history.deployments
    return [
        _of_last(past, revision, current, observed)
        if place == 0 and revision.arn == observed.revision.arn
        else _of_past(
            past,
            revision,
            deployments[place - 1] if place else None,
            bake,
            failed=failed_by_aws(past, observed) or (unmarked and went_back(deployments, place)),
        )
        for place, past in enumerate(deployments)
        if past.task_definition == revision.arn and past.came_from in {revision.base, None}
    ]


def _of_primary(revision: Revision, observed: Observed, current: Phase) -> list[RollResult]:
    primary = observed.service.primary
    if primary is None or revision.arn != observed.revision.arn or not isinstance(current, Proven):
        return []
    ended = max(primary.created_at, primary.updated_at)
    return [RollResult(primary.created_at, ended, failed=False, under=_under(revision))]


def _of_last(
    past: PastDeployment, revision: Revision, current: Phase, observed: Observed
) -> RollResult:
    """Return how the roll does that the service is set to."""
    result = RollResult(past.created_at, None, failed=False, under=_under(revision))
    match current:
        case Proven():
            return replace(result, ended=past.finished_at or past.created_at)
        case Failed():
            return replace(result, failed=True)
        case NotOurs() | Overtaken():
            failed = failed_by_aws(past, observed)
            return _of_past(past, revision, None, timedelta(), failed=failed)
        case _:
            return result


def _of_past(
    past: PastDeployment,
    revision: Revision,
    newer: PastDeployment | None,
    bake: timedelta,
    *,
    failed: bool,
) -> RollResult:
    result = RollResult(past.created_at, None, failed=False, under=_under(revision))
    if failed:
        given_up = None if newer is None else newer.created_at
        return replace(result, ended=past.finished_at or given_up, failed=True)
    left = newer is not None and newer.task_definition == revision.base
    if left or past.status != _SUCCESSFUL or past.finished_at is None:
        return result
    was_baked = newer is None or newer.created_at >= past.finished_at + bake
    return replace(result, ended=past.finished_at) if was_baked else result


def _marked(revision: Revision, rolls: list[RollResult], observed: Observed) -> list[RollResult]:
    """Return the rolls to a revision as its marks say: which failed, whether any has a proof."""
    if revision.is_unproven_for(observed.ref.arn):
        rolls = [one if one.failed else replace(one, ended=None) for one in rolls]
    marked = failed_at(revision, observed.ref.arn)
    if marked is None:
        return rolls
    meant = next((one for one in rolls if one.at <= marked), None)
    if meant is None:
        return [*rolls, RollResult(marked, marked, failed=True, under=_under(revision))]
    failed = replace(meant, ended=meant.ended or marked, failed=True)
    return [failed if one is meant else one for one in rolls]


def _under(revision: Revision) -> str | None:
    return revision.tags.get(POLICY_DIGEST)
