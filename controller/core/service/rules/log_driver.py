"""Every container logs to a destination of the policy, or in a shape that it accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import Missing
from controller.core.judge.demand import Demand, Refuse, Want
from controller.core.judge.rule import Rule
from controller.core.policy.severity import Severity
from controller.core.service.awslogs import AWSFIRELENS, AWSLOGS, log_configuration
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, is_accepted, logs_by
from controller.core.service.task_definition import Container, TaskDefinition


def _check(task_definition: TaskDefinition, context: ServiceContext) -> Iterator[Demand]:
    for container, destination in governed(task_definition, context):
        if logs_by(container, AWSLOGS) or is_accepted(container, context.policy):
            continue
        if logs_by(container, AWSFIRELENS):
            yield _in_use_by_a_router(container)
            continue
        # The whole configuration is wanted, so that nothing of the old driver stays behind.
        yield Want(
            container.log_configuration_path,
            log_configuration(destination.awslogs, container, context),
            _told(container),
        )


def _told(container: Container) -> str:
    driver = container.driver
    if isinstance(driver, Missing) or driver is None:
        return f"container {container.name} has no log configuration"
    named = driver if isinstance(driver, str) else "a driver that cannot be read"
    return f"container {container.name} logs by {named}, which the policy does not accept"


def _in_use_by_a_router(container: Container) -> Demand:
    # [fact 3.1] Router and applications change in one revision or registration refuses it.
    return Refuse(
        container.log_configuration_path,
        "RouterInUse",
        f"container {container.name} logs through FireLens, which the policy does not accept; "
        "its router would have to go in the same revision",
    )


LOG_DRIVER: Final = Rule(
    id="log-driver",
    title="Every container logs to a destination of the policy",
    why="A container without a log configuration writes where nobody looks: on EC2 to a file of "
    "the instance, on Fargate nowhere.",
    facts=("1.1", "1.2", "2.24", "3.1"),
    kind="service",
    severity=Severity.HIGH,
    check=_check,
)
