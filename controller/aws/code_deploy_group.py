"""Which deployment group deploys a service: by its default name, or looked for among all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.core.refs import ServiceRef
from controller.errors import TerminalError

GROUPS_AT_ONCE: Final = 100  # [botocore BatchLimitExceededException]
_NOT_THERE: Final = frozenset(
    {"ApplicationDoesNotExistException", "DeploymentGroupDoesNotExistException"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A deployment group, as GetDeploymentGroup or BatchGetDeploymentGroups describes it."""

    application: str
    name: str
    described: Answer


async def groups_of(api: Api, ref: ServiceRef) -> tuple[Found, ...]:
    """Return the deployment groups that name the service: one, where all is as AWS says.

    A service can be in one group only [botocore ECSServiceMappingLimitExceededException], so the
    group of the default name [fact 4.12] is the one if it names the service. Else all groups of all
    applications are asked.
    """
    named = await _by_default_name(api, ref)
    if named is not None:
        return (named,)
    return tuple([found async for found in _all(api, ref.arn) if _deploys(found.described, ref)])


async def _by_default_name(api: Api, ref: ServiceRef) -> Found | None:
    tail = f"{ref.cluster}-{ref.name}"
    asked = {"applicationName": f"AppECS-{tail}", "deploymentGroupName": f"DgpECS-{tail}"}
    try:
        answer = await api.call("GetDeploymentGroup", asked, where=ref.arn)
    except TerminalError as error:
        if error.code in _NOT_THERE or error.code.startswith("Invalid"):  # too long for a name
            return None
        raise
    found = _found(answer.part("deploymentGroupInfo"))
    return found if _deploys(found.described, ref) else None


async def _all(api: Api, where: str) -> AsyncIterator[Found]:
    async for page in api.pages("ListApplications", {}, where=where):
        for application in page.texts("applications"):
            async for found in _of(api, application, where):
                yield found


async def _of(api: Api, application: str, where: str) -> AsyncIterator[Found]:
    asked = {"applicationName": application}
    async for page in api.pages("ListDeploymentGroups", asked, where=where):
        names = page.texts("deploymentGroups")
        for at in range(0, len(names), GROUPS_AT_ONCE):
            some = {**asked, "deploymentGroupNames": names[at : at + GROUPS_AT_ONCE]}
            answer = await api.call("BatchGetDeploymentGroups", some, where=where)
            for one in answer.parts("deploymentGroupsInfo"):
                yield _found(one)


def _found(described: Answer) -> Found:
    return Found(
        described.text("applicationName"), described.text("deploymentGroupName"), described
    )


def _deploys(group: Answer, ref: ServiceRef) -> bool:
    """Tell whether the group names the service; groups of other platforms name none."""
    if "ecsServices" not in group.document:
        return False
    return any(
        one.text("clusterName") == ref.cluster and one.text("serviceName") == ref.name
        for one in group.parts("ecsServices")
    )
