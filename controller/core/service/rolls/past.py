"""Rolls of ours that a service has seen: when they were."""

from __future__ import annotations

from datetime import datetime

from controller.core.service.deployment import History, PastDeployment
from controller.core.service.observed import Family, NotAsked, Observed, Unread


def rolled_at(observed: Observed) -> tuple[datetime, ...]:
    """Return when deployments to revisions of ours were started on the service, as far as seen.

    A failed one whose revision can no longer be read counts: it may have been ours.
    """
    times = set()
    primary = observed.service.primary
    # A task set is made a little after CodeDeploy's deployment, and must not count beside it.
    is_told = observed.service.is_by_code_deploy and isinstance(observed.history, History)
    if observed.revision.bears_our_name(observed.identity) and primary is not None and not is_told:
        times.add(primary.created_at)
    if not isinstance(observed.history, NotAsked | Unread):
        times |= {
            past.created_at for past in observed.history.deployments if _was_ours(past, observed)
        }
    return tuple(sorted(times))


def last_roll(observed: Observed) -> datetime | None:
    """Return when the last roll of ours ended or, where ECS does not say, began; None without."""
    times = [*rolled_at(observed)]
    if not isinstance(observed.history, NotAsked | Unread):
        times += [
            past.finished_at
            for past in observed.history.deployments
            if past.finished_at is not None and _was_ours(past, observed)
        ]
    return max(times, default=None)


def _was_ours(past: PastDeployment, observed: Observed) -> bool:
    if past.task_definition == observed.revision.arn:
        return observed.revision.bears_our_name(observed.identity)
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    brought = past.revision or next((o for o in family if o.arn == past.task_definition), None)
    if brought is not None:
        return brought.bears_our_name(observed.identity)
    return past.failed
