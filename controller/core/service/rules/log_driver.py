"""Every container logs to a destination of the policy, or in a shape that it accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import Missing
from controller.core.judge.demand import Demand, Refuse, Want
from controller.core.judge.rule import Explained, Rule
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
        wanted = log_configuration(destination.awslogs, container, context)
        if isinstance(wanted, tuple):
            yield from wanted
            continue
        # The whole configuration is wanted, so that nothing of the old driver stays behind.
        yield Want(container.log_configuration_path, wanted, _told(container))


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
    explained=Explained(
        relies_on="""
            - ECS knows eight log drivers: awsfirelens, awslogs, fluentd, gelf, journald, json-file,
              splunk, syslog.
            - Without a log configuration, Docker's own default holds on EC2, mostly json-file. That
              Fargate keeps such logs nowhere is how we read AWS's guide; it is not verified.
            - FireLens needs a router beside the applications. ECS refuses a revision that has a
              router and no container that logs through it.
        """,
        does="""
            - A container that logs by awslogs, or in a shape that `accept` lists, is fine.
            - Any other gets the whole log configuration of its destination, so that no option of
              the old driver stays behind.
            - A container that logs through FireLens, where the policy does not accept that, is
              shown and not changed: [RouterInUse](reasons.md#routerinuse).
            - Where the policy cannot give one of the names, or AWS would not take it, nothing is
              written: [NoValue](reasons.md#novalue), [InvalidName](reasons.md#invalidname).
        """,
        before={"logConfiguration": {"logDriver": "json-file", "options": {"max-size": "10m"}}},
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
        frameworks=(
            "ECS.9",
            "CT.ECS.PR.5",
            "AwsSolutions-ECS7",
        ),
        sources=(
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
        ),
    ),
)
