"""Whether a task stopped for its logging, as far as its reason says so."""

from __future__ import annotations

import pytest

from controller.core.service.logging_cause import logging_cause
from controller.core.service.stop_reason import redacted
from tests.core.service.rolls.given import MISSING_GROUP, broken, task

DENIED = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 "
    "times: failed to create Cloudwatch log stream: AccessDeniedException: User is not authorized "
    "to perform: logs:CreateLogStream on resource: "
    "arn:aws:logs:eu-central-1:111122223333:log-group:/ecs/web:log-stream:web/web/0"
)
FIRELENS = "missing output key Name which is required for firelens configuration of type fluentbit"


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        pytest.param(MISSING_GROUP, None, id="[5.14] the driver cannot start"),
        pytest.param(DENIED, "/ecs/web", id="[5.14] it may not write, and names the group"),
        pytest.param(FIRELENS, None, id="[3.17] a router without an output"),
    ],
)
def test_a_reason_that_names_logging_is_a_cause(reason: str, group: str | None) -> None:
    of_a_container = logging_cause(broken("a", redacted(reason)))
    of_the_task = logging_cause(task(status="STOPPED", stopped_reason=redacted(reason)))

    assert of_a_container is not None
    assert of_the_task is not None
    assert (of_a_container.container, of_the_task.container) == ("web", None)
    assert of_a_container.log_group == of_the_task.log_group == group


@pytest.mark.parametrize(
    "reason",
    [
        "Essential container in task exited",
        "OutOfMemoryError: Container killed due to memory usage",
        "CannotPullContainerError: pull image manifest has been retried 5 times",
        "ResourceInitializationError: unable to pull secrets or registry auth",
        "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:log-group)",
    ],
)
def test_any_other_reason_is_none(reason: str) -> None:
    assert logging_cause(broken("a", reason)) is None


def test_a_task_that_runs_has_not_stopped_for_anything() -> None:
    assert logging_cause(task(stopped_reason=MISSING_GROUP)) is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("bad address https://user:pa55@logs.example.com:8088/x?t=1", "bad address https://…"),
        ("splunk-token=B5A79AAD-D822-46CC-80D1-819F80D7BFB0 refused", "splunk-token=… refused"),
        ("password: hunter2 is wrong", "password: … is wrong"),
        ("the value AKIAIOSFODNN7EXAMPLEAKIA is no key", "the value … is no key"),
        ("log-group:/ecs/prod/web-1234567890:x", "log-group:/ecs/prod/web-1234567890:x"),
        ("two\n  lines", "two lines"),
    ],
)
def test_what_may_be_a_secret_is_left_out_of_a_reason(said: str, shown: str) -> None:
    assert redacted(said) == shown


def test_a_reason_is_no_longer_than_ecs_makes_it() -> None:
    assert len(redacted("a b " * 1_000)) == 1024
