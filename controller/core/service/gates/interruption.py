"""The roll keeps as many tasks healthy as the service wants."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate


def interruption(candidate: Candidate) -> Wait | None:
    """Refuse with `NoRoomToRoll` a roll that can start no task, with `WouldInterrupt` one that
    may stop tasks before it starts their successors.

    ECS keeps minimumHealthyPercent of the desired tasks, rounded up, and runs at most
    maximumPercent, rounded down [facts 4.14, 4.15]. Where none is desired, none is interrupted.
    CodeDeploy starts a second task set of all tasks beside the first, and heeds neither percentage
    [botocore DeploymentConfiguration].
    """
    service = candidate.observed.service
    if service.desired == 0 or service.is_by_code_deploy:
        return None
    most = service.desired * service.maximum_percent // 100
    kept = -(-service.desired * service.minimum_healthy_percent // 100)
    if kept >= service.desired and most <= kept:
        return candidate.refuse(
            "NoRoomToRoll",
            f"a roll may start no new task: {kept} must stay and at most {most} may run",
            "Raise maximumPercent.",
        )
    if kept >= service.desired or candidate.policy.allow.interruption:
        return None
    return candidate.refuse(
        "WouldInterrupt",
        f"a roll may leave {kept} of {service.desired} tasks running",
        "Raise minimumHealthyPercent to 100, or set allow.interruption.",
    )
