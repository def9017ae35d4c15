"""Service revisions: what ran before a service deployment, and what it brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.core.document.json import items
from controller.errors import RetryError, TerminalError

AT_ONCE: Final = 20  # [fact 5.5]

T = TypeVar("T")


async def task_definitions(
    api: Api, deployments: Sequence[Answer], *, where: str
) -> Mapping[str, str | None]:
    """Return the task definition's ARN for each service revision that *deployments* name.

    None stands for a service revision that ECS no longer knows. Raises RetryError where the answer
    leaves one out without saying so.
    """
    named = dict.fromkeys(
        arn for one in deployments for arn in (target_of(one), *_sources(one))
    )
    ask = partial(_describe, api, where=where)
    found = await for_each(chunks(tuple(named), AT_ONCE), ask)
    return {arn: runs for some in found for arn, runs in some.items()}


def target_of(deployment: Answer) -> str:
    """Return the ARN of the service revision that the deployment brings."""
    return deployment.part("targetServiceRevision").text("arn")


def came_from(deployment: Answer, before: Iterable[Answer]) -> str | None:
    """Return the ARN of the service revision that the deployment led away from, if there was one.

    There are several where it overtook another one. Then it is what the last successful deployment
    *before* it (the newest first) had brought, for that is where ECS returns to.
    """
    sources = _sources(deployment)
    successful = (target_of(one) for one in before if one.text("status") == "SUCCESSFUL")
    settled = next(successful, None)
    if settled in sources:
        return settled
    return sources[0] if sources else None


def missing(answer: Answer) -> frozenset[str]:
    """Return the ARNs that the answer says are missing; raises TerminalError for other failures."""
    failures = answer.parts("failures")
    for one in failures:
        if one.text("reason") != "MISSING":
            raise TerminalError(answer.operation, one.text("reason"), "", where=one.text("arn"))
    return frozenset(one.text("arn") for one in failures)


def chunks(subjects: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield *subjects* in order, *size* at a time."""
    return (subjects[at : at + size] for at in range(0, len(subjects), size))


async def _describe(api: Api, arns: Sequence[str], *, where: str) -> dict[str, str | None]:
    operation = "DescribeServiceRevisions"
    answer = await api.call(operation, {"serviceRevisionArns": list(arns)}, where=where)
    found = {
        one.text("serviceRevisionArn"): one.text("taskDefinition")
        for one in answer.parts("serviceRevisions")
    }
    if unheard := set(arns) - found.keys() - missing(answer):
        message = f"the answer leaves out {len(unheard)} service revisions"
        raise RetryError(operation, "MissingMember", message, where=where)
    return {arn: found.get(arn) for arn in arns}


def _sources(deployment: Answer) -> list[str]:
    # The first deployment of a service has none, and may lack the member.
    if not items(deployment.document.get("sourceServiceRevisions")):
        return []
    return [one.text("arn") for one in deployment.parts("sourceServiceRevisions")]
