"""The service is one that a rolling update of ours can move."""

from __future__ import annotations

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
    return None
