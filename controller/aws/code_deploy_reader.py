"""The port CodeDeployReader: the deployment group of a service, and its deployments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.aws.code_deploy_group import Found, groups_of
from controller.core.document.json import members, text
from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.service.code_deploy.app_spec import AppSpec, Unusable, parse_app_spec
from controller.core.service.code_deploy.group import CodeDeployment, DeploymentGroup
from controller.core.service.observed import Unread
from controller.errors import RetryError
from controller.ports.clock import Clock

DEPLOYMENTS_AT_ONCE: Final = 25  # [botocore BatchGetDeployments]
MOST_PAGES: Final = 10
SINCE: Final = timedelta(days=90)
"""How far back deployments are read; of ours that failed before, a tag on the revision tells."""


class AwsCodeDeployReader:
    """Reads CodeDeploy through *api*."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    async def group(self, ref: ServiceRef) -> DeploymentGroup | Unread:
        found = await groups_of(self._api, ref)
        if len(found) != 1:
            return Unread(_not_one(found))
        one = found[0]
        ids, complete = await self._listed(one, ref)
        last = members(one.described.document.get("lastSuccessfulDeployment")).get("deploymentId")
        if isinstance(last, str) and last not in ids:
            ids = [*ids, last]
        return DeploymentGroup(
            one.application,
            one.name,
            await self._described(ids, ref),
            complete,
            _alarms(one.described),
        )

    async def _listed(self, one: Found, ref: ServiceRef) -> tuple[list[str], bool]:
        """Return the ids of the group's deployments of the last while, and whether all are there.

        Other than for ECS, the answer's page has no size that one could ask for.
        """
        asked = {
            "applicationName": one.application,
            "deploymentGroupName": one.name,
            "createTimeRange": {"start": (self._clock.now() - SINCE).timestamp()},
        }
        ids: list[str] = []
        pages = 0
        async for page in self._api.pages("ListDeployments", asked, where=ref.arn):
            ids += page.texts("deployments")
            pages += 1
            if pages == MOST_PAGES:
                return ids, not page.document.get("nextToken")
        return ids, True

    async def _described(self, ids: Sequence[str], ref: ServiceRef) -> tuple[CodeDeployment, ...]:
        """Return the deployments, newest first. Raises RetryError where one is left out."""

        async def some(asked: Sequence[str]) -> list[CodeDeployment]:
            operation = "BatchGetDeployments"
            answer = await self._api.call(operation, {"deploymentIds": asked}, where=ref.arn)
            found = [_deployment(one) for one in answer.parts("deploymentsInfo")]
            if {one.id for one in found} != set(asked):
                message = "the answer leaves out deployments that were asked for"
                raise RetryError(operation, "MissingMember", message, where=ref.arn)
            return found

        chunks = [ids[at : at + DEPLOYMENTS_AT_ONCE] for at in range(0, len(ids), 25)]
        found = [one for part in await for_each(chunks, some) for one in part]
        return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))


def _deployment(one: Answer) -> CodeDeployment:
    document = one.document
    return CodeDeployment(
        id=one.text("deploymentId"),
        status=one.text("status"),
        app_spec=_app_spec(one),
        created_at=one.moment("createTime"),
        finished_at=one.moment_if_any("completeTime"),
        creator=text(document.get("creator")),
        error=_error(one),
        rolls_back=members(document.get("autoRollbackConfiguration")).get("enabled") is True,
    )


def _app_spec(one: Answer) -> AppSpec | Unusable:
    """Return the AppSpec that was sent as text; one that lies in S3 is not fetched."""
    revision = members(one.document.get("revision"))
    kind = text(revision.get("revisionType"))
    place = {"AppSpecContent": "appSpecContent", "String": "string"}.get(kind or "")
    if place is None:
        return Unusable(f"it lies elsewhere ({kind or 'nobody says where'}), and is not read there")
    sent = members(revision.get(place))
    content = text(sent.get("content"))
    if content is None:
        return Unusable("CodeDeploy does not show its text")
    return parse_app_spec(content, text(sent.get("sha256")))


def _error(one: Answer) -> str | None:
    error = members(one.document.get("errorInformation"))
    said = [text(error.get(member)) for member in ("code", "message")]
    return ": ".join(word for word in said if word) or None


def _alarms(group: Answer) -> tuple[str, ...]:
    """Return the names of the alarms that end a deployment of the group."""
    configured = members(group.document.get("alarmConfiguration"))
    if configured.get("enabled") is not True or "alarms" not in configured:
        return ()
    listed = group.part("alarmConfiguration").parts("alarms")
    return tuple(sorted(one.text("name") for one in listed))


def _not_one(found: Sequence[Found]) -> Reason:
    if not found:
        told = "no deployment group of CodeDeploy names the service"
    else:
        named = ", ".join(f"{one.application}/{one.name}" for one in found)
        told = f"several deployment groups of CodeDeploy name the service: {named}"
    remedy = "Let one deployment group of this account and Region name it in its ecsServices."
    return Reason("NoDeploymentGroup", told, remedy)
