"""What has failed on a service of the logging patch that is to be rolled, and when.

The truth is the history of the service's deployments. The mark on our revision mirrors it, and
tells of what the history shows as a success: tasks that died after the deployment had completed.
Where such a mark could not be written, nothing tells our own return from a person's revert but when
it came: we return no roll that has been proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from controller.core.document.edit import Edit, NoSuchPlaceError, apply
from controller.core.document.json import same
from controller.core.service.deployment import History, PastDeployment, went_back
from controller.core.service.observed import Family, Observed
from controller.core.service.registration import patch_digest
from controller.core.service.revision import Revision, failure_tag
from controller.core.service.rolls.by_aws import failed_by_aws

_RETURN_TAKES: Final = timedelta(minutes=5)
"""How long our return may be on its way to ECS, with what is tried again where ECS is busy."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A roll that failed on the service. `base` is the ARN from which its revision was made.

    `certain` False: the revision can no longer be read, so it may have brought this very patch.
    `left`: nothing says that it failed; the service was set back from it, by us or somebody else.
    """

    at: datetime
    base: str | None
    certain: bool = True
    left: bool = False


def failures(
    observed: Observed,
    history: History,
    family: Family,
    *,
    edits: Iterable[Edit],
    watched: timedelta,
    unmarked: bool = False,
) -> tuple[Failure, ...]:
    """Return the failures of this patch on the service, the latest first.

    It failed, whichever instance of this controller had tried it. So counts what was gone back from
    within *watched* of its completion: a mark that was refused to a former process leaves no trace,
    and so our own return may look as if somebody else had gone back. *unmarked*: a failure could
    not be marked of late, so that may be so of any going back; beside another failure it counts,
    too.
    """
    patch = tuple(edits)
    marked = dict(_that_were_marked(observed, history, family, patch))
    within = None if marked or unmarked else watched + _RETURN_TAKES
    told = tuple(_that_failed(observed, history, patch, within))
    if told and within is not None:
        told = tuple(_that_failed(observed, history, patch, None))
    brought = {past.task_definition for past, _ in told}
    found = [failure for _, failure in told]
    found += [failure for arn, failure in marked.items() if arn not in brought]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def is_the_same_patch(revision: Revision, edits: tuple[Edit, ...]) -> bool:
    """Tell whether *revision* was made by these edits, or already has all that they would put."""
    if revision.patch == patch_digest(edits):
        return True
    try:
        return same(apply(revision.document, edits), revision.document)
    except NoSuchPlaceError:
        return False


def _that_failed(
    observed: Observed, history: History, edits: tuple[Edit, ...], within: timedelta | None
) -> Iterator[tuple[PastDeployment, Failure]]:
    """Yield the deployments that the history itself tells to have failed.

    So does it of those that were gone back from *within* such a time of their end; None: whenever.
    """
    for place, past in enumerate(history.deployments):
        left = went_back(history.deployments, place)
        if past.revision is None:
            if past.failed or left:
                yield past, Failure(_end(past), past.came_from, certain=False)
        elif (past.failed or _left_in_time(history, place, within)) and _is_ours(
            past.revision, observed, edits
        ):
            is_told = failed_by_aws(past, observed) or _is_marked(past.revision, observed)
            yield past, Failure(_end(past), past.revision.base, left=not is_told)


def _left_in_time(history: History, place: int, within: timedelta | None) -> bool:
    """Tell whether the deployment at *place* was left for its base, *within* a time of its end."""
    past = history.deployments[place]
    if not went_back(history.deployments, place) and not _went_to_a_copy(history, place):
        return False
    if within is None or past.finished_at is None:
        return True
    return history.deployments[place - 1].created_at <= past.finished_at + within


def _went_to_a_copy(history: History, place: int) -> bool:
    """Tell whether the next deployment led to an equal copy of what ran before, made to that end.

    It is made where what ran before is INACTIVE.
    """
    came_from = history.deployments[place].came_from
    brought = history.deployments[place - 1].revision if place else None
    return came_from is not None and brought is not None and brought.copy_of == came_from


def _that_were_marked(
    observed: Observed, history: History, family: Family, edits: tuple[Edit, ...]
) -> Iterator[tuple[str, Failure]]:
    """Yield each failure that a mark tells, with the ARN that it marks: nobody rolls that again."""
    read = (past.revision for past in history.deployments if past.revision is not None)
    for one in {one.arn: one for one in (*read, *family.revisions)}.values():
        mark = one.tags.get(failure_tag(observed.ref.arn))
        if mark is not None and _is_ours(one, observed, edits):
            left = not _is_marked(one, observed)
            yield one.arn, Failure(_moment(mark) or _at_least(one), one.base, left=left)


def _is_marked(one: Revision, observed: Observed) -> bool:
    return one.failed_for(observed.ref.arn) and not one.was_only_left_by(observed.ref.arn)


def _is_ours(one: Revision, observed: Observed, edits: tuple[Edit, ...]) -> bool:
    """Tell whether this or another instance of the controller brought the patch by it.

    To believe more than `is_ours` is safe here: it only holds.
    """
    ours = one.bears_our_name(observed.identity) or one.is_of_our_kind
    return ours and is_the_same_patch(one, edits)


def _end(past: PastDeployment) -> datetime:
    return past.finished_at or past.created_at


def _moment(mark: str) -> datetime | None:
    """Return when the mark was made: its second word, in UTC."""
    _, _, written = mark.partition(" ")
    try:
        at = datetime.fromisoformat(written.partition(" ")[0])
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _at_least(one: Revision) -> datetime:
    return one.registered_at or datetime.max.replace(tzinfo=UTC)
