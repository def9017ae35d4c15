"""Containers hand their logs over in the delivery mode, and with the buffer, of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.judge.demand import Absent, AtLeast, Demand, OneOf, Together
from controller.core.judge.rule import Explained, Rule
from controller.core.policy.model import Awslogs, Destination
from controller.core.policy.severity import Severity
from controller.core.service.awslogs import (
    AWSFIRELENS,
    AWSLOGS,
    MAX_BUFFER_SIZE,
    MODE,
    NON_BLOCKING,
    size_in_bytes,
)
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, is_accepted, logs_by
from controller.core.service.task_definition import Container, TaskDefinition

_DEFAULT_BUFFER = "10m"  # [fact 2.9]


def _check(task_definition: TaskDefinition, context: ServiceContext) -> Iterator[Demand]:
    for container, destination in governed(task_definition, context):
        if logs_by(container, AWSFIRELENS):
            yield from _never_on_awsfirelens(container)
            continue
        judged = logs_by(container, AWSLOGS) and not is_accepted(container, context.policy)
        if judged and not _keeps(container, destination, "mode", MODE):
            yield _mode(container, destination, context)


def _keeps(container: Container, destination: Destination, kept: str, option: str) -> bool:
    return kept in destination.keep and option in container.options


def _mode(container: Container, destination: Destination, context: ServiceContext) -> Demand:
    awslogs = destination.awslogs
    told = _told(container, awslogs)
    mode = OneOf(container.option_path(MODE), (awslogs.mode,), told, absent=context.default_mode)
    size = container.option_path(MAX_BUFFER_SIZE)
    if awslogs.mode != NON_BLOCKING:
        return Together((mode, Absent(size, told)), told)
    kept = _keeps(container, destination, "maxBufferSize", MAX_BUFFER_SIZE)
    if awslogs.max_buffer_size is None or kept:
        return mode
    least = AtLeast(size, awslogs.max_buffer_size, size_in_bytes, told, absent=_DEFAULT_BUFFER)
    # The agent fills in a size only beside a stated mode [fact 2.10], so both are stated.
    return Together((mode, least), told)


def _told(container: Container, awslogs: Awslogs) -> str:
    buffer = awslogs.max_buffer_size
    size = "" if buffer is None else f" with a buffer of at least {buffer}"
    return f"container {container.name} does not log in {awslogs.mode} mode{size}"


def _never_on_awsfirelens(container: Container) -> Iterator[Demand]:
    # [fact 3.16] ECS writes the option into the router's output, which then ends at start.
    for option in (MODE, MAX_BUFFER_SIZE):
        yield Absent(
            container.option_path(option),
            f"container {container.name} has {option} beside awsfirelens, which ends its router",
        )


DELIVERY_MODE: Final = Rule(
    id="delivery-mode",
    title="Logs are handed over in the delivery mode of the policy",
    why="In blocking mode a write to standard output waits for CloudWatch Logs: an outage there "
    "stops the application. In non-blocking mode the buffer decides how much is lost.",
    facts=("2.9", "2.10", "3.16"),
    kind="service",
    severity=Severity.MEDIUM,
    check=_check,
    explained=Explained(
        relies_on="""
            - Where a container states no mode, the account setting `defaultLogDriverMode` holds,
              and without one non-blocking. If the setting cannot be read, it is
              [Unknown](reasons.md#unknown).
            - The buffer is `10m` where none is stated. The ECS agent on EC2 fills it in only beside
              a stated mode, so mode and size are stated together.
            - On a container that logs through FireLens, ECS writes `mode` and `max-buffer-size`
              into the router's output, which then ends at its start. There they are removed. We ran
              Fluent Bit 4.2.0 to see this.
        """,
        does="""
            - It puts the destination's mode, and a buffer at least as large as the destination's. A
              larger one stays.
            - In blocking mode there is no buffer, so a size is removed.
        """,
        before={
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/ecs/prod-1/web",
                    "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "web",
                    "mode": "blocking",
                },
            }
        },
        after={
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/ecs/prod-1/web",
                    "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "web",
                    "mode": "non-blocking",
                    "max-buffer-size": "25m",
                },
            }
        },
        sources=(
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html",
        ),
    ),
)
