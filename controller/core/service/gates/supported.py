"""The service is one that a rolling update of ours can move."""

from __future__ import annotations

from controller.core.document.json import items, members
from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def supported(candidate: Candidate) -> Wait | None:
    """Refuse services that are not ACTIVE, or that ECS lets others deploy [facts 1.16, 4.12]."""
    service = candidate.observed.service
    if service.status != "ACTIVE":
        return candidate.refuse(
            "NotActive", f"the service is {service.status}", "Nothing can be rolled out to it."
        )
    if service.controller != "ECS":
        return candidate.refuse(
            "UnsupportedController",
            f"its deployments are made by the {service.controller} controller",
            "Take the patch that `ecs-logging plan` shows to whatever deploys the service.",
        )
    if service.is_express:
        return candidate.refuse(
            "UnsupportedController",
            "the service is managed by ECS Express",
            "Change its logging through UpdateExpressGatewayService.",
        )
    return _watchable(candidate)


def _watchable(candidate: Candidate) -> Wait | None:
    """Refuse deployments that wait for more than tasks: we could not tell waiting from failing.

    Other strategies, a bake of ECS's own, alarms and hooks keep a healthy deployment IN_PROGRESS
    without any change [facts 1.13, 1.23, 1.24, 4.19]. A confidential sandbox pins its containers'
    configuration [fact 1.20].
    """
    body = candidate.observed.revision.document
    isolation = members(body.get("trustedExecutionConfiguration")).get("isolationMode")
    configured = members(candidate.observed.service.document.get("deploymentConfiguration"))
    waits_for = (
        ("the strategy", configured.get("strategy") not in {None, "ROLLING"}),
        ("bakeTimeInMinutes", configured.get("bakeTimeInMinutes") not in {None, 0}),
        ("deployment alarms", members(configured.get("alarms")).get("enable") is True),
        ("lifecycle hooks", bool(items(configured.get("lifecycleHooks")))),
        ("CONFIDENTIAL_SANDBOX", isolation == "CONFIDENTIAL_SANDBOX"),
    )
    found = [name for name, is_so in waits_for if is_so]
    if not found:
        return None
    return candidate.refuse(
        "UnsupportedDeployment",
        f"its deployments depend on {', '.join(found)}, which this version cannot watch",
        "Take the patch that `ecs-logging plan` shows to whatever deploys the service.",
    )
