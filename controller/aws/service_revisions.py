"""Service revisions: what ran before a service deployment, and what it brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.described import describe_all
from controller.core.document.json import items


async def task_definitions(
    api: Api, deployments: Sequence[Answer], *, where: str
) -> Mapping[str, str]:
    """Return the task definition's ARN for each service revision that *deployments* name.

    Those that ECS no longer knows are left out.
    """
    named = dict.fromkeys(arn for one in deployments for arn in (target_of(one), *_sources(one)))
    operation = "DescribeServiceRevisions"
    found = await describe_all(api, operation, tuple(named), noun="serviceRevision", where=where)
    return {arn: one.text("taskDefinition") for arn, one in found.items()}


def target_of(deployment: Answer) -> str:
    """Return the ARN of the service revision that the deployment brings."""
    return deployment.part("targetServiceRevision").text("arn")


def source_of(deployment: Answer, before: Iterable[Answer]) -> str | None:
    """Return the ARN of the service revision that the deployment led away from, if there was one.

    There are several where it overtook another one. Then it is what the last successful deployment
    *before* it (the newest first) had brought, for that is where ECS returns to [fact 4.17].
    """
    sources = _sources(deployment)
    successful = (target_of(one) for one in before if one.text("status") == "SUCCESSFUL")
    settled = next(successful, None)
    if settled in sources:
        return settled
    return sources[0] if sources else None


def _sources(deployment: Answer) -> list[str]:
    # The first deployment of a service has none, and may lack the member.
    if not items(deployment.document.get("sourceServiceRevisions")):
        return []
    return [one.text("arn") for one in deployment.parts("sourceServiceRevisions")]
