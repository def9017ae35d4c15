"""A container that logs by awslogs has the options that ECS requires and the policy states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import text
from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Absent, Demand, Refuse, Together, Want
from controller.core.judge.rule import Explained, Rule
from controller.core.policy.model import Destination
from controller.core.policy.severity import Severity
from controller.core.reason import Reason
from controller.core.service.awslogs import (
    ACCEPTED,
    AWSLOGS,
    CREATE_GROUP,
    DATETIME_FORMAT,
    MULTILINE_PATTERN,
    NAMED,
    no_name,
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
    for one in NAMED:
        written = _is_written(container, one.option)
        if written and one.key in destination.keep:
            continue
        template = destination.awslogs.templates[one.key]
        name = context.rendered(template, container, one.naming)
        if isinstance(name, Reason):
            yield no_name(container, one.option, name)
        elif written and _moved_by_a_tag(container, one.option, template, name, context):
            told = f"container {container.name} has the {one.option} of another value of a tag"
            yield Refuse(container.option_path(one.option), "TagMovesLogs", told)
        else:
            told = f"container {container.name} does not log with the {one.option} of the policy"
            yield Want(container.option_path(one.option), name, told)


def _moved_by_a_tag(
    container: Container,
    option: str,
    template: str,
    name: str | Unresolved,
    context: ServiceContext,
) -> bool:
    """Tell whether the option is as the same template would give it under other tags."""
    written = text(container.options.get(option))
    if written is None or isinstance(name, Unresolved) or written == name:
        return False
    return context.scope(container).gives_otherwise(template, written)


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
    explained=Explained(
        relies_on="""
            - ECS takes eight options for awslogs and refuses any other: `awslogs-create-group`,
              `awslogs-datetime-format`, `awslogs-group`, `awslogs-multiline-pattern`,
              `awslogs-region`, `awslogs-stream-prefix`, `max-buffer-size`, `mode`.
            - `awslogs-group` and `awslogs-region` are required. `awslogs-stream-prefix` is required
              on Fargate; on EC2 a stream without it is named after the container's id.
            - `awslogs-create-group` may be `"true"` or absent, never `"false"`.
            - `awslogs-datetime-format` and `awslogs-multiline-pattern` exclude each other. ECS
              documents that the pattern is the one ignored, so the pattern goes.
        """,
        does="""
            - Options that the destination lists in `keep` (group, Region and stream prefix, unless
              you say otherwise) stay as they are where they are there.
            - Those that are missing are put in. Those that ECS would refuse are removed.
            - A name that the policy cannot give, or that AWS would not take, is found and not
              written: [NoValue](reasons.md#novalue), [InvalidName](reasons.md#invalidname). How
              names are made is told in [names](names.md).
            - A group, Region or prefix that is not in `keep`, but is what the same template would
              give for another value of a tag, is found and stays:
              [TagMovesLogs](reasons.md#tagmoveslogs).
        """,
        before={
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/old/place",
                    "awslogs-region": "eu-central-1",
                    "awslogs-create-group": "false",
                    "mode": "non-blocking",
                    "max-buffer-size": "25m",
                },
            }
        },
        after={
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/old/place",
                    "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "web",
                    "mode": "non-blocking",
                    "max-buffer-size": "25m",
                },
            }
        },
        sources=(
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
        ),
    ),
)
