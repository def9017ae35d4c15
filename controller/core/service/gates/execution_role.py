"""On Fargate, the task definition has the execution role that awslogs needs."""

from __future__ import annotations

from controller.core.document.json import text
from controller.core.move import Wait
from controller.core.service.awslogs import AWSLOGS
from controller.core.service.candidate import Candidate
from controller.core.service.governed import logs_by
from controller.core.service.task_definition import TaskDefinition


def execution_role(candidate: Candidate) -> Wait | None:
    """Refuse with `ExecutionRoleMissing` what registration would refuse [fact 2.7]."""
    body = candidate.body
    after = TaskDefinition(body)
    fargate = candidate.observed.service.on_fargate or after.is_for_fargate
    if not fargate or text(body.get("executionRoleArn")):
        return None
    if not any(logs_by(container, AWSLOGS) for container in after.containers):
        return None
    return candidate.refuse(
        "ExecutionRoleMissing",
        "on Fargate awslogs needs an execution role, and the task definition has none",
        "Give the task definition an executionRoleArn that may write to CloudWatch Logs.",
    )
