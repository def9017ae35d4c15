"""From answers of ECS to the values that decisions are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from controller.aws.answer import Answer
from controller.core.document.json import Document, items, members, text
from controller.core.service.deployment import Deployment
from controller.core.service.observed import Service
from controller.core.service.revision import Revision

# [fact 1.21]
FARGATE: Final = frozenset({"FARGATE", "FARGATE_SPOT"})


def service_of(answer: Answer, *, with_tags: bool = True) -> Service:
    """Return one member of `services` as a Service; raises RetryError where it lacks a member.

    `with_tags` tells whether the service was described with its tags.
    """
    document = answer.document
    controller = text(members(document.get("deploymentController")).get("type")) or "ECS"
    is_daemon = document.get("schedulingStrategy") == "DAEMON"
    return Service(
        document=document,
        status=answer.text("status"),
        desired=answer.number("desiredCount"),
        running=answer.number("runningCount"),
        controller=controller,
        is_daemon=is_daemon,
        on_fargate=_on_fargate(document),
        is_express=document.get("resourceManagementType") == "ECS",  # [fact 1.16]
        minimum_healthy_percent=_minimum_healthy_percent(answer, is_daemon=is_daemon),
        tags=_service_tags(answer) if with_tags else None,
        deployments=_deployments(answer, controller),
        maximum_percent=_maximum_percent(answer, is_daemon=is_daemon),
        created_at=answer.moment_if_any("createdAt"),
    )


def revision_of(answer: Answer) -> Revision:
    """Return the answer of DescribeTaskDefinition, asked with its tags, as a Revision.

    The document is `taskDefinition` as received. Tags stand beside it, and are there even if the
    revision has none, as recorded answers show. Raises RetryError where a member is missing.
    """
    described = answer.part("taskDefinition")
    described.text("family")
    described.text("status")
    described.parts("containerDefinitions")
    return Revision(
        arn=described.text("taskDefinitionArn"),
        document=described.document,
        tags=tags_of(answer.parts("tags")),
    )


def tags_of(tags: Iterable[Answer]) -> Mapping[str, str]:
    """Return ECS's list of tags as a mapping; a tag without a value has an empty one."""
    return {tag.text("key"): text(tag.document.get("value")) or "" for tag in tags}


def name_in(arn: str) -> str:
    """Return the short name at the end of an ARN of a cluster or service, long or short."""
    return arn.rsplit("/", 1)[-1]


def _service_tags(answer: Answer) -> Mapping[str, str]:
    # Unlike DescribeTaskDefinition, DescribeServices leaves `tags` out where there are none: one
    # recorded answer holds a service with tags and one without the member.
    return tags_of(answer.parts("tags")) if "tags" in answer.document else {}


def _deployments(answer: Answer, controller: str) -> tuple[Deployment, ...]:
    if controller == "CODE_DEPLOY":
        sets = answer.parts("taskSets") if "taskSets" in answer.document else []
        return tuple(_task_set(one) for one in sets)
    # Services of other controllers have task sets, and may lack the member altogether [fact 4.13].
    if controller != "ECS" and "deployments" not in answer.document:
        return ()
    return tuple(_deployment(one) for one in answer.parts("deployments"))


def _deployment(answer: Answer) -> Deployment:
    # `failedTasks` and `rolloutState` are shown for rolling deployments only [fact 4.16].
    counts_failures = answer.document.get("failedTasks") is not None
    return Deployment(
        id=answer.text("id"),
        status=answer.text("status"),
        task_definition=answer.text("taskDefinition"),
        desired=answer.number("desiredCount"),
        running=answer.number("runningCount"),
        pending=answer.number("pendingCount"),
        failed=answer.number("failedTasks") if counts_failures else 0,
        rollout_state=text(answer.document.get("rolloutState")),
        created_at=answer.moment("createdAt"),
        updated_at=answer.moment("updatedAt"),
    )


def _task_set(answer: Answer) -> Deployment:
    """Return a task set as a deployment: PRIMARY is what serves production traffic [fact 4.13].

    How far its deployment has come, CodeDeploy knows alone.
    """
    return Deployment(
        id=answer.text("id"),
        status=answer.text("status"),
        task_definition=answer.text("taskDefinition"),
        desired=answer.number("computedDesiredCount"),
        running=answer.number("runningCount"),
        pending=answer.number("pendingCount"),
        failed=0,
        rollout_state=None,
        created_at=answer.moment("createdAt"),
        updated_at=answer.moment("updatedAt"),
    )


def _on_fargate(document: Document) -> bool:
    """Tell whether tasks run on Fargate: only those have a platform family [Service, API model]."""
    places = [document, *map(members, items(document.get("taskSets")))]
    return any(
        place.get("launchType") == "FARGATE"
        or "platformFamily" in place
        or any(
            members(one).get("capacityProvider") in FARGATE
            for one in items(place.get("capacityProviderStrategy"))
        )
        for place in places
    )


def _minimum_healthy_percent(answer: Answer, *, is_daemon: bool) -> int:
    """Return what the service says, or what holds where it says nothing [facts 4.14, 4.15]."""
    configuration = members(answer.document.get("deploymentConfiguration"))
    if configuration.get("minimumHealthyPercent") is None:
        return 0 if is_daemon else 100
    return answer.part("deploymentConfiguration").number("minimumHealthyPercent")


def _maximum_percent(answer: Answer, *, is_daemon: bool) -> int:
    """Return what the service says, or what holds where it says nothing [facts 4.14, 4.15]."""
    configuration = members(answer.document.get("deploymentConfiguration"))
    if configuration.get("maximumPercent") is None:
        return 100 if is_daemon else 200
    return answer.part("deploymentConfiguration").number("maximumPercent")
