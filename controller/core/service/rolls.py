"""Our roll of a service: which deployment it is, and how it is doing.

Nothing is remembered between two looks. Everything follows from what ECS shows: the PRIMARY
deployment, the revision that it runs, and the history of the service's deployments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.observed import Family, NotAsked, Observed, Service, Unread
from controller.core.service.revision import Revision


@dataclass(frozen=True, slots=True)
class NotOurs:
    """The service is not set to a revision of ours, or nothing of our roll is left to watch."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """The deployment that we started goes on; it must show progress until `deadline`."""

    deadline: datetime


@dataclass(frozen=True, slots=True)
class Baking:
    """The deployment has completed and is watched until `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Unsteady:
    """The bake is over and not all tasks run; this must be so by `deadline`."""

    deadline: datetime


@dataclass(frozen=True, slots=True)
class Proven:
    """The roll has succeeded."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The roll has failed, and the service is still set to our revision."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody deployed our revision anew: that deployment is theirs, not ours."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """How the roll is doing cannot be told."""

    reason: Reason


Phase: TypeAlias = (
    NotOurs | Rolling | Baking | Unsteady | Proven | Failed | Overtaken | Unclear | Look
)


def phase(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how our roll of the service is doing, if the service is set to a revision of ours."""
    primary = observed.service.primary
    if primary is None or not observed.revision.is_ours(observed.identity):
        return NotOurs()
    # A revision that we registered for a sibling may have been deployed here by a release.
    if _is_long_over(observed.service, primary, rollout, now):
        return Proven()
    if isinstance(observed.history, NotAsked):
        return Look("history")
    if isinstance(observed.history, Unread):
        return Unclear(observed.history.reason)
    ours = [
        past
        for past in observed.history.deployments
        if past.task_definition == observed.revision.arn
    ]
    if len(ours) > 1:
        return Overtaken()
    if _has_completed(observed.service, primary):
        return _after_completion(observed, ours, rollout, now)
    return _before_completion(primary, rollout, now)


def _has_completed(service: Service, primary: Deployment) -> bool:
    """Tell whether the deployment has; without a rolloutState [fact 4.16], once it is alone."""
    if primary.rollout_state is None:
        return len(service.deployments) == 1
    return primary.rollout_state == "COMPLETED"


def _is_long_over(service: Service, primary: Deployment, rollout: Rollout, now: datetime) -> bool:
    """Tell whether the deployment completed so long ago that no failure is its own any more."""
    watched = rollout.bake_time + 2 * rollout.progress_deadline
    last_sign = max(primary.created_at, primary.updated_at)
    return _has_completed(service, primary) and last_sign + watched < now


def _before_completion(primary: Deployment, rollout: Rollout, now: datetime) -> Phase:
    if primary.rollout_state == "FAILED":
        return Failed(
            Reason(
                "DeploymentFailed",
                f"ECS gave up the deployment {primary.id}: {primary.failed} tasks failed",
                "Read the stopped tasks' reason.",
            )
        )
    # A change after which no task has failed is progress; once tasks fail, time only runs out.
    started = primary.created_at if primary.failed else max(primary.created_at, primary.updated_at)
    deadline = started + rollout.progress_deadline
    if now < deadline:
        return Rolling(deadline)
    return Failed(
        Reason(
            "ProgressDeadlineExceeded",
            f"the deployment {primary.id} made no progress for {rollout.progress_deadline}: "
            f"{primary.running} of {primary.desired} tasks run, {primary.failed} failed",
            "Read the stopped tasks' reason.",
        )
    )


def _after_completion(
    observed: Observed, ours: list[PastDeployment], rollout: Rollout, now: datetime
) -> Phase:
    primary = observed.service.primary
    if primary is None:
        return NotOurs()
    finished = next((past.finished_at for past in ours if past.finished_at), primary.updated_at)
    baked = finished + rollout.bake_time
    if now < baked:
        return Baking(baked)
    if observed.service.running >= observed.service.desired:
        return Proven()
    deadline = baked + rollout.progress_deadline
    if now < deadline:
        return Unsteady(deadline)
    if now >= deadline + rollout.progress_deadline:
        return Proven()  # Too long ago for the missing tasks to be laid at the roll's door.
    return Failed(
        Reason(
            "NotSteady",
            f"{observed.service.running} of {observed.service.desired} tasks run "
            f"since the deployment {primary.id} completed",
            "Read the stopped tasks' reason.",
        )
    )


def rolled_at(observed: Observed) -> tuple[datetime, ...]:
    """Return when deployments to revisions of ours were started on the service, as far as seen.

    A failed one whose revision can no longer be read counts: it may have been ours.
    """
    times = set()
    if observed.revision.is_ours(observed.identity) and observed.service.primary is not None:
        times.add(observed.service.primary.created_at)
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
        return observed.revision.is_ours(observed.identity)
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    brought = past.revision or next((o for o in family if o.arn == past.task_definition), None)
    if brought is not None:
        return brought.bears_our_name(observed.identity)
    return past.failed


def was_left(revision: Revision, observed: Observed) -> bool:
    """Tell whether the service went from *revision* of ours to its base, whoever took it there.

    ECS may have, or we, or a person who did not want it: none of them is to be fought.
    """
    if isinstance(observed.history, NotAsked | Unread):
        return False
    ran = [past.task_definition for past in observed.history.deployments]
    return any(older == revision.arn and newer == revision.base for newer, older in pairwise(ran))


def is_in_flight(observed: Observed, current: Phase) -> bool:
    """Tell whether the roll, or the return from it, still holds a place in the budget."""
    going = isinstance(current, Rolling | Baking | Unsteady | Failed | Unclear | Look)
    return going or is_returning(observed)


def is_returning(observed: Observed) -> bool:
    """Tell whether the service is on its way back from a failed revision of ours."""
    service, family = observed.service, observed.family
    primary = service.primary
    if primary is None or not isinstance(family, Family):
        return False
    ended = len(service.deployments) == 1 and primary.rollout_state != "IN_PROGRESS"
    return not ended and any(
        one.base == observed.revision.arn
        and one.bears_our_name(observed.identity)
        and one.failed_for(observed.ref.arn)
        for one in family.revisions
    )
