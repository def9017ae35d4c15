"""The service deployments that ECS remembers of a service, and which of them have failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.aws.described import describe_all
from controller.aws.service_revisions import source_of, target_of, task_definitions
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History, PastDeployment, has_failed
from controller.core.service.revision import Revision

PAGE: Final = 100
MOST_PAGES: Final = 10
NEWEST: Final = 4
"""Of so many deployments it is read whose revision they brought, to count those of ours."""


async def read_history(
    api: Api, ref: ServiceRef, *, revision: Callable[[str], Awaitable[Revision | None]]
) -> History:
    """Return the service deployments of *ref*, newest first; *revision* reads those that failed.

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
    return History(await _with_failures(deployments, revision), complete)


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
    return PastDeployment(
        arn=one.text("serviceDeploymentArn"),
        status=one.text("status"),
        task_definition=runs.get(target_of(one)),
        came_from=None if source is None else runs.get(source),
        created_at=one.moment("createdAt"),
        finished_at=one.moment_if_any("finishedAt"),
    )


async def _with_failures(
    deployments: tuple[PastDeployment, ...],
    revision: Callable[[str], Awaitable[Revision | None]],
) -> tuple[PastDeployment, ...]:
    """Return *deployments* with those marked that have failed, and what they had brought."""
    failed = {at for at in range(len(deployments)) if has_failed(deployments, at)}
    read = failed | set(range(min(NEWEST, len(deployments))))
    arns = sorted({arn for at in read if (arn := deployments[at].task_definition) is not None})
    brought = dict(zip(arns, await for_each(arns, revision), strict=True))
    return tuple(
        replace(past, failed=at in failed, revision=brought.get(past.task_definition or ""))
        if at in read
        else past
        for at, past in enumerate(deployments)
    )
