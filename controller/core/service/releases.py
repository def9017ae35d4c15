"""Who took the corrected logging off a service again, and how often.

A release is not a revert: it brings a new image, and the old logging with it. A revert brings
nothing but the old logging. A roll that failed is neither, whoever brought the service back: ECS's
circuit breaker and the stop of a deployment show in its status, our own return in its mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from controller.core.document.json import same, text
from controller.core.service.besides_logging import besides_logging, logging_of
from controller.core.service.deployment import (
    IN_PROGRESS,
    ROLLED_BACK,
    SPAN,
    History,
    PastDeployment,
)
from controller.core.service.observed import Observed
from controller.core.service.revision import Revision, principal

MOST_REVERTS: Final = 1
"""So many reverts may be chance, or a slip; one more, and somebody means it."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """A deployment of somebody else that took the logging of `ours` off the service.

    `corrected_at` is when our roll began, `at` when their deployment ended or, where ECS does not
    say, began. `by` is the principal that registered what they deployed, without its session name;
    None where that can no longer be read.
    """

    ours: Revision = field(repr=False)
    corrected_at: datetime
    at: datetime
    by: str | None
    is_revert: bool


def undoings(
    observed: Observed, history: History, *, since: datetime | None = None
) -> tuple[Undoing, ...]:
    """Return each time that a roll of ours was undone after *since*, the latest first.

    Only as far as revisions were read: see `History.revisions_since`.
    """
    found = (_undoing(observed, history.deployments, at) for at in range(len(history.deployments)))
    return tuple(one for one in found if one is not None and (since is None or one.at > since))


def is_contested(undone: Sequence[Undoing], *, most: int) -> bool:
    """Tell whether it has become a fight: two reverts, or more than *most* undoings in 14 days."""
    if sum(one.is_revert for one in undone) > MOST_REVERTS:
        return True
    rolls = sorted(one.corrected_at for one in undone)
    return any(last - first <= SPAN for first, last in zip(rolls, rolls[most:], strict=False))


def _undoing(observed: Observed, deployments: Sequence[PastDeployment], at: int) -> Undoing | None:
    """Return how the deployment at *at*, if it was a roll of ours, was undone; None if it was not.

    One that leads to the same revision, or that did not come through, undoes nothing.
    """
    roll = deployments[at]
    ours = _brought(observed, roll)
    if ours is None or not _is_a_correction(observed, roll, ours):
        return None
    for theirs in reversed(deployments[:at]):
        if theirs.task_definition == ours.arn or _came_to_nothing(theirs, ours):
            continue
        return _by_somebody_else(observed, deployments[at:], ours, theirs)
    return None


def _is_a_correction(observed: Observed, roll: PastDeployment, ours: Revision) -> bool:
    """Tell whether it is a deployment of ours that did not fail."""
    led_from_its_base = ours.base is not None and roll.came_from == ours.base
    failed = roll.failed or roll.status in ROLLED_BACK or ours.failed_for(observed.ref.arn)
    return ours.bears_our_name(observed.identity) and led_from_its_base and not failed


def _came_to_nothing(theirs: PastDeployment, ours: Revision) -> bool:
    """Tell whether it failed, or goes on, or another has overtaken it.

    Who was going back when a release came has gone back all the same.
    """
    if theirs.failed or theirs.status in ROLLED_BACK | IN_PROGRESS:
        return True
    return theirs.status == "STOPPED" and theirs.task_definition != ours.base


def _by_somebody_else(
    observed: Observed, before: Sequence[PastDeployment], ours: Revision, theirs: PastDeployment
) -> Undoing | None:
    """Return the undoing, unless what they brought is ours, or logs as ours does.

    *before* are our roll and what came before it: among them the revision that ours corrects.
    """
    brought = _brought(observed, theirs)
    if brought is not None and brought.bears_our_name(observed.identity):
        return None
    went_back = theirs.task_definition == ours.base
    base = next((one for past in before[1:] if (one := _base(observed, past, ours))), None)
    if brought is not None and not went_back and not _loses(ours, base, brought):
        return None
    registrant = None if brought is None else text(brought.document.get("registeredBy"))
    return Undoing(
        ours,
        before[0].created_at,
        theirs.finished_at or theirs.created_at,
        None if registrant is None else principal(registrant),
        is_revert=went_back or (brought is not None and _differs_in_logging_only(ours, brought)),
    )


def _base(observed: Observed, past: PastDeployment, ours: Revision) -> Revision | None:
    return _brought(observed, past) if past.task_definition == ours.base else None


def _brought(observed: Observed, past: PastDeployment) -> Revision | None:
    running = observed.revision
    return running if past.task_definition == running.arn else past.revision


def _loses(ours: Revision, base: Revision | None, theirs: Revision) -> bool:
    """Tell whether a container no longer logs as ours made it log; without the base, as in ours."""
    corrected, after = logging_of(ours.document), logging_of(theirs.document)
    before = {} if base is None else logging_of(base.document)
    return any(
        not same(after[name], logging) and not same(before.get(name), logging)
        for name, logging in corrected.items()
        if name in after
    )


def _differs_in_logging_only(ours: Revision, theirs: Revision) -> bool:
    return same(besides_logging(ours.document), besides_logging(theirs.document))
