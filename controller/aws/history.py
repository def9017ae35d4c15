"""The service deployments that ECS remembers of a service, and which of them have failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.aws.service_revisions import came_from, target_of, task_definitions
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History, PastDeployment, has_failed
from controller.core.service.revision import Revision
from controller.errors import RetryError

PAGE: Final = 100
MOST_PAGES: Final = 10
DEPLOYMENTS_AT_ONCE: Final = 20  # [fact 5.5]


async def read_history(
    api: Api, ref: ServiceRef, *, revision: Callable[[str], Awaitable[Revision | None]]
) -> History:
    """Return the service deployments of *ref*, newest first; *revision* reads those that failed.

    A read that ends before the list does is not `complete`; a service without any has a complete
    and empty history. Raises RetryError where a deployment is listed, but neither described nor
    said to be missing.
    """
    arns, complete = await _listed(api, ref)
    described = await _described(api, arns, ref)
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


async def _described(api: Api, arns: list[str], ref: ServiceRef) -> list[Answer]:
    ask = partial(_describe, api, ref=ref)
    found = [one for some in await for_each(chunks(arns, DEPLOYMENTS_AT_ONCE), ask) for one in some]
    return sorted(found, key=lambda one: one.moment("createdAt"), reverse=True)


async def _describe(api: Api, arns: list[str], *, ref: ServiceRef) -> list[Answer]:
    operation = "DescribeServiceDeployments"
    answer = await api.call(operation, {"serviceDeploymentArns": arns}, where=ref.arn)
    found = answer.parts("serviceDeployments")
    gone = missing(answer)
    if unheard := set(arns) - gone - {one.text("serviceDeploymentArn") for one in found}:
        message = f"the answer leaves out {len(unheard)} deployments that were listed"
        raise RetryError(operation, "MissingMember", message, where=ref.arn)
    return found


def _past(one: Answer, runs: Mapping[str, str | None], *, before: list[Answer]) -> PastDeployment:
    source = came_from(one, before)
    return PastDeployment(
        arn=one.text("serviceDeploymentArn"),
        status=one.text("status"),
        task_definition=runs[target_of(one)],
        came_from=None if source is None else runs[source],
        created_at=one.moment("createdAt"),
        finished_at=one.moment_if_any("finishedAt"),
    )


async def _with_failures(
    deployments: tuple[PastDeployment, ...],
    revision: Callable[[str], Awaitable[Revision | None]],
) -> tuple[PastDeployment, ...]:
    failed = {at for at in range(len(deployments)) if has_failed(deployments, at)}
    named = {deployments[at].task_definition for at in failed}
    arns = sorted(arn for arn in named if arn is not None)
    read = dict(zip(arns, await for_each(arns, revision), strict=True))
    return tuple(
        replace(past, failed=True, revision=read.get(past.task_definition or ""))
        if at in failed
        else past
        for at, past in enumerate(deployments)
    )
