"""The service is one that a rolling update of ours can move."""

from __future__ import annotations

from controller.core.document.json import members
from controller.core.move import Wait
from controller.core.service.candidate import Candidate
from controller.core.service.code_deploy.group import NOT_ALLOWED


def supported(candidate: Candidate) -> Wait | None:
    """Refuse services that are not ACTIVE, or that ECS lets others deploy [facts 1.16, 4.12]."""
    service = candidate.observed.service
    if service.status != "ACTIVE":
        return candidate.refuse(
            "NotActive", f"the service is {service.status}", "Nothing can be rolled out to it."
        )
    if service.is_by_code_deploy and not candidate.policy.allow.code_deploy:
        return Wait(NOT_ALLOWED)
    if service.controller not in {"ECS", "CODE_DEPLOY"}:
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
    return _pinned(candidate)


def _pinned(candidate: Candidate) -> Wait | None:
    """Refuse a confidential sandbox: its attestation policy pins the containers' configuration.

    A document that is edited may no longer match it, and its tasks would not start [fact 1.20].
    """
    body = candidate.observed.revision.document
    isolation = members(body.get("trustedExecutionConfiguration")).get("isolationMode")
    if isolation != "CONFIDENTIAL_SANDBOX":
        return None
    return candidate.refuse(
        "UnsupportedDeployment",
        "its tasks run in a CONFIDENTIAL_SANDBOX, whose attestation policy pins their containers",
        "Change the logging and the attestation policy together, in a release of your own.",
    )
