"""Our roll of a service: which deployment it is, and how it is doing.

Nothing is remembered between two looks. Everything follows from what ECS shows: the PRIMARY
deployment, the revision that it runs, and the history of the service's deployments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

from controller.core.move import Look
from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.observed import Family, NotAsked, Observed, Service, Unread
from controller.core.service.revision import Revision

_SOON: Final = timedelta(seconds=15)
_NOT_LISTED_YET: Final = Reason(
    "RollingOut", "ECS does not list the deployment of the corrected revision yet"
)


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
    """Somebody else deployed our revision: that deployment is theirs, not ours."""

    ended: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """How the roll is doing cannot be told, or not before `until`."""

    reason: Reason
    until: datetime | None = None


Phase: TypeAlias = (
    NotOurs | Rolling | Baking | Unsteady | Proven | Failed | Overtaken | Unclear | Look
)


def phase(observed: Observed, rollout: Rollout, now: datetime) -> Phase:
    """Tell how our roll of the service is doing, if the service is set to a revision of ours.

    A deployment is our roll if it led from our revision's base to our revision. One that led
    there from elsewhere is somebody's own: a bare family name may lead to a revision of ours.
    """
    primary, revision = observed.service.primary, observed.revision
    authored = revision.bears_our_name(observed.identity) and revision.base is not None
    if primary is None or not authored or primary.task_definition != revision.arn:
        return NotOurs()
    if _is_long_over(observed.service, primary, rollout, now):
        return Proven()
    if isinstance(observed.history, NotAsked):
        return Look("history")
    if isinstance(observed.history, Unread):
        return Unclear(observed.history.reason)
    newest = next(iter(observed.history.deployments), None)
    if newest is None or newest.task_definition != revision.arn:
        return Unclear(_NOT_LISTED_YET, now + _SOON)
    if newest.came_from != revision.base or _is_anew(observed.history.deployments):
        return Overtaken(ended=_has_completed(observed.service, primary))
    if _has_completed(observed.service, primary):
        return _after_completion(observed, newest, rollout, now)
    return _before_completion(primary, rollout, now)


def _has_completed(service: Service, primary: Deployment) -> bool:
    """Tell whether the deployment has; without a rolloutState [fact 4.16], once it is alone."""
    if primary.rollout_state is None:
        return len(service.deployments) == 1
    return primary.rollout_state == "COMPLETED"


def _is_anew(deployments: tuple[PastDeployment, ...]) -> bool:
    """Tell whether the newest deployment brought what the one before it had brought already."""
    ran = [past.task_definition for past in deployments[:2]]
    return len(ran) > 1 and ran[0] == ran[1]


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
    # A change is progress for as long as more tasks run than fail; then time only runs out.
    failing = primary.failed > primary.running
    started = primary.created_at if failing else max(primary.created_at, primary.updated_at)
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
    observed: Observed, roll: PastDeployment, rollout: Rollout, now: datetime
) -> Phase:
    primary = observed.service.primary
    if primary is None:
        return NotOurs()
    baked = (roll.finished_at or primary.updated_at) + rollout.bake_time
    if now < baked:
        return Baking(baked)
    # Missing tasks alone prove nothing: the service may just have been scaled out.
    if observed.service.running >= observed.service.desired:
        return Proven()
    deadline = baked + rollout.progress_deadline
    if now < deadline:
        return Unsteady(deadline)
    if not primary.failed or now >= deadline + rollout.progress_deadline:
        return Proven()
    return Failed(
        Reason(
            "NotSteady",
            f"{observed.service.running} of {observed.service.desired} tasks run "
            f"since the deployment {primary.id} completed, and {primary.failed} have failed",
            "Read the stopped tasks' reason.",
        )
    )


def rolled_at(observed: Observed) -> tuple[datetime, ...]:
    """Return when deployments to revisions of ours were started on the service, as far as seen.

    A failed one whose revision can no longer be read counts: it may have been ours.
    """
    times = set()
    if observed.revision.bears_our_name(observed.identity) and observed.service.primary is not None:
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
        return observed.revision.bears_our_name(observed.identity)
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    brought = past.revision or next((o for o in family if o.arn == past.task_definition), None)
    if brought is not None:
        return brought.bears_our_name(observed.identity)
    return past.failed


def proven_drivers(observed: Observed, current: Phase) -> frozenset[str]:
    """Return the log drivers to which a roll of ours has moved the service, and succeeded.

    What logged by a driver before proves nothing of a move to it.
    """
    revision = observed.revision
    if not isinstance(current, Proven) or not revision.is_ours(observed.identity):
        return frozenset()
    return revision.new_drivers


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
