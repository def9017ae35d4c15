"""A container that logs by awslogs has the options that ECS requires and the policy states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import text
from controller.core.judge.demand import Absent, Demand, Together, Want
from controller.core.judge.rule import Rule
from controller.core.policy.model import Destination
from controller.core.policy.severity import Severity
from controller.core.service.awslogs import (
    ACCEPTED,
    AWSLOGS,
    CREATE_GROUP,
    DATETIME_FORMAT,
    GROUP,
    MULTILINE_PATTERN,
    REGION,
    STREAM_PREFIX,
)
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, is_accepted, logs_by
from controller.core.service.task_definition import Container, TaskDefinition


def _check(task_definition: TaskDefinition, context: ServiceContext) -> Iterator[Demand]:
    for container, destination in governed(task_definition, context):
        if logs_by(container, AWSLOGS) and not is_accepted(container, context.policy):
            yield from _stated(container, destination, context)
            yield from _well_formed(container)


def _stated(
    container: Container, destination: Destination, context: ServiceContext
) -> Iterator[Demand]:
    """Yield what the policy states: group, Region and stream prefix [facts 2.3, 2.4]."""
    stated = (
        ("group", GROUP, destination.awslogs.group),
        ("region", REGION, destination.awslogs.region),
        ("streamPrefix", STREAM_PREFIX, destination.awslogs.stream_prefix),
    )
    for kept, option, template in stated:
        if kept in destination.keep and _is_written(container, option):
            continue
        yield Want(
            container.option_path(option),
            context.rendered(template, container),
            f"container {container.name} does not log with the {option} of the policy",
        )


def _is_written(container: Container, option: str) -> bool:
    written = container.options.get(option)
    return written is not None and not (isinstance(written, str) and not written.strip())


def _well_formed(container: Container) -> Iterator[Demand]:
    """Yield what ECS would refuse at registration, or the driver at start."""
    name = container.name
    for option in container.options:
        if option not in ACCEPTED:  # [facts 2.1, 2.2]
            yield Absent(
                container.option_path(option),
                f"container {name} has the option {option}, which ECS refuses for awslogs",
            )
    create = container.options.get(CREATE_GROUP)
    if create is not None and text(create) != "true":  # [fact 2.6]
        told = f'container {name} has {CREATE_GROUP}, which may only be "true" or absent'
        path = container.option_path(CREATE_GROUP)
        yield Want(path, "true", told) if create is True else Absent(path, told)
    written = container.options.get(DATETIME_FORMAT)
    if written is not None and MULTILINE_PATTERN in container.options:
        # [fact 2.8] The driver refuses both; ECS documents that the pattern is the one ignored.
        told = f"container {name} has both {DATETIME_FORMAT} and {MULTILINE_PATTERN}"
        # A format that is not known may be none, and then the pattern is not to go.
        stays = Want(container.option_path(DATETIME_FORMAT), written, told)
        yield Together((Absent(container.option_path(MULTILINE_PATTERN), told), stays), told)


AWSLOGS_OPTIONS: Final = Rule(
    id="awslogs-options",
    title="awslogs has the options that ECS requires and the policy states",
    why="A missing group or Region is refused at registration; without a stream prefix nobody "
    "can tell which task a stream belongs to.",
    facts=("2.1", "2.2", "2.3", "2.4", "2.6", "2.8"),
    kind="service",
    severity=Severity.MEDIUM,
    check=_check,
)
