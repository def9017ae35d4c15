"""A container that logs by awslogs has the options that ECS requires and the policy states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from controller.core.document.json import differ, same, text
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
    GROUP,
    MULTILINE_PATTERN,
    NAMED,
    REGION,
    NamedOption,
    no_name,
)
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, is_accepted, logs_by
from controller.core.service.task_definition import Container, TaskDefinition

_PLACE: Final = (GROUP, REGION)


def _check(task_definition: TaskDefinition, context: ServiceContext) -> Iterator[Demand]:
    for container, destination in governed(task_definition, context):
        if logs_by(container, AWSLOGS) and not is_accepted(container, context.policy):
            yield from _stated(container, destination, context)
            yield from _well_formed(container)


def _stated(
    container: Container, destination: Destination, context: ServiceContext
) -> Iterator[Demand]:
    """Yield what the policy states: group, Region and stream prefix [facts 2.3, 2.4]."""
    stated = {
        one.option: _demand(one, container, destination, context)
        for one in NAMED
        if not (_is_written(container, one.option) and one.key in destination.keep)
    }
    yield from _place({one: stated[one] for one in _PLACE if one in stated}, container)
    yield from (demand for one, demand in stated.items() if one not in _PLACE)


def _demand(
    one: NamedOption, container: Container, destination: Destination, context: ServiceContext
) -> Want | Refuse:
    template = destination.awslogs.templates[one.key]
    name = context.rendered(template, container, one.naming)
    if isinstance(name, Reason):
        return no_name(container, one.option, name)
    path = container.option_path(one.option)
    if _moved_by_a_tag(container, one.option, template, name, context):
        told = f"container {container.name} has the {one.option} of another value of a tag"
        return Refuse(path, "TagMovesLogs", told)
    return Want(path, name, _otherwise(container, one.option))


def _otherwise(container: Container, *options: str) -> str:
    listed = " and ".join(options)
    return f"container {container.name} does not log with the {listed} of the policy"


def _place(place: Mapping[str, Want | Refuse], container: Container) -> Iterator[Demand]:
    """Yield what is demanded of group and Region, which move together or not at all.

    The old group's name in the new Region, or the new one's in the old, is a place that nobody
    has named. Only an option that is missing is put in by itself.
    """
    wanted = {option: one for option, one in place.items() if isinstance(one, Want)}
    if len(wanted) == len(_PLACE):
        yield _as_one(wanted, container)
        return
    refused = [(option, one) for option, one in place.items() if isinstance(one, Refuse)]
    for option, demand in place.items():
        if isinstance(demand, Refuse) or not refused or not _is_written(container, option):
            yield demand
        elif differ(container.option(option), demand.value):
            other, why = refused[0]
            told = f"{_otherwise(container, option)}, and does not move without its {other}"
            yield Refuse(demand.path, why.reason, told)


def _as_one(wanted: Mapping[str, Want], container: Container) -> Together:
    odd = [name for name, one in wanted.items() if not same(container.option(name), one.value)]
    shown_first = (*odd, *(name for name in wanted if name not in odd))
    told = _otherwise(container, *(odd or wanted))
    return Together(tuple(wanted[name] for name in shown_first), told)


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
            - Group and Region are one place: both move, or neither does. Where one of them may not
              be written, the other is found and stays, for the same reason.
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
