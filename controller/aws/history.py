"""The service deployments that ECS remembers of a service, and which of them have failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.aws.deployment_details import with_details
from controller.aws.described import describe_all
from controller.aws.service_revisions import source_of, target_of, task_definitions
from controller.core.refs import ServiceRef
from controller.core.service.deployment import (
    SPAN,
    History,
    PastDeployment,
    has_failed,
    went_back,
)
from controller.core.service.revision import Revision

PAGE: Final = 100
MOST_PAGES: Final = 10
FEWEST: Final = 12
"""Of so many deployments it is read in any case what they brought, however old they are."""
MOST: Final = 60
"""Of more deployments of the last 14 days than this it is not read what they brought."""


async def read_history(
    api: Api, ref: ServiceRef, *, revision: Callable[[str], Awaitable[Revision | None]]
) -> History:
    """Return the service deployments of *ref*, newest first; *revision* reads what they brought.

    That is read of those that failed or were gone back from, whenever that was; and of those of the
    14 days before the newest, to see whose they were, but of `MOST` at most.

    A read that ends before the list does is not `complete`; a service without any has a complete
    and empty history.
    """
    arns, complete = await _listed(api, ref)
    operation = "DescribeServiceDeployments"
    found = await describe_all(api, operation, arns, noun="serviceDeployment", where=ref.arn)
    described = sorted(found.values(), key=lambda one: one.moment("createdAt"), reverse=True)
    runs = await task_definitions(api, described, where=ref.arn)
    deployments = tuple(
        _past(one, runs, before=described[place + 1 :]) for place, one in enumerate(described)
    )
    recent, since = _recent(deployments)
    read = await _with_revisions(deployments, recent, revision)
    return History(read, complete, since)


async def _listed(api: Api, ref: ServiceRef) -> tuple[list[str], bool]:
    asked = {"cluster": ref.cluster, "service": ref.name, "maxResults": PAGE}
    arns: list[str] = []
    pages = 0
    async for page in api.pages("ListServiceDeployments", asked, where=ref.arn):
        arns += [one.text("serviceDeploymentArn") for one in page.parts("serviceDeployments")]
        pages += 1
        if pages == MOST_PAGES:
            return arns, not page.document.get("nextToken")
    return arns, True


def _past(one: Answer, runs: Mapping[str, str], *, before: Sequence[Answer]) -> PastDeployment:
    source = source_of(one, before)
    past = PastDeployment(
        arn=one.text("serviceDeploymentArn"),
        status=one.text("status"),
        task_definition=runs.get(target_of(one)),
        came_from=None if source is None else runs.get(source),
        created_at=one.moment("createdAt"),
        finished_at=one.moment_if_any("finishedAt"),
    )
    return with_details(past, one)


def _recent(deployments: Sequence[PastDeployment]) -> tuple[int, datetime | None]:
    """Return how many of the newest to read, and since when that is not all of the 14 days."""
    if not deployments:
        return 0, None
    begin = deployments[0].created_at - SPAN
    # One more: the one from which the first of them led away.
    within = 1 + sum(past.created_at >= begin for past in deployments)
    count = min(max(within, FEWEST), len(deployments))
    return (count, None) if count <= MOST else (MOST, deployments[MOST - 1].created_at)


async def _with_revisions(
    deployments: tuple[PastDeployment, ...],
    recent: int,
    revision: Callable[[str], Awaitable[Revision | None]],
) -> tuple[PastDeployment, ...]:
    """Return *deployments* with those marked that have failed, and what they had brought."""
    failed = {at for at in range(len(deployments)) if has_failed(deployments, at)}
    left = {at for at in range(len(deployments)) if went_back(deployments, at)}
    read = failed | left | set(range(recent))
    arns = sorted({arn for at in read if (arn := deployments[at].task_definition) is not None})
    brought = dict(zip(arns, await for_each(arns, revision), strict=True))
    return tuple(
        replace(past, failed=at in failed, revision=brought.get(past.task_definition or ""))
        if at in read
        else past
        for at, past in enumerate(deployments)
    )
