"""Which containers leave the log group to which they log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.document.json import Json
from controller.core.refs import LogGroupRef
from controller.core.service.departures import Departure, departures
from tests.core.service.given import GROUP, REF, awslogs, container, logging_by, task_definition

OLD = replace(GROUP, name="/old")
AT_OLD = awslogs(awslogs_group="/old")
AWAY = awslogs(awslogs_region="eu-west-1")


def leaving(before: Json, after: Json) -> list[Departure]:
    """Return who leaves where the log configuration of the one container becomes another."""
    return list(
        departures(
            task_definition(container(logConfiguration=before)),
            task_definition(container(logConfiguration=after)),
            REF,
        )
    )


@pytest.mark.parametrize(
    ("before", "after", "reached"),
    [
        pytest.param(AT_OLD, awslogs(), GROUP, id="another group"),
        pytest.param(
            awslogs(awslogs_group="/old", awslogs_region=None),
            awslogs(),
            GROUP,
            id="[2.3] no Region is its own",
        ),
        pytest.param(
            AT_OLD,
            awslogs(awslogs_group="/old", awslogs_region="eu-west-1"),
            replace(OLD, region="eu-west-1"),
            id="another Region",
        ),
        pytest.param(AT_OLD, logging_by("splunk"), None, id="another driver"),
        pytest.param(AT_OLD, None, None, id="none any more"),
    ],
)
def test_a_container_leaves_its_group(
    before: Json, after: Json, reached: LogGroupRef | None
) -> None:
    assert leaving(before, after) == [Departure("web", OLD, reached)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(AT_OLD, awslogs(awslogs_group="/old", mode="blocking"), id="it stays"),
        pytest.param(awslogs(awslogs_region=None), awslogs(), id="[2.3] it says its own Region"),
        pytest.param(logging_by("splunk"), awslogs(), id="it comes from elsewhere"),
        pytest.param(None, awslogs(), id="it logged nowhere"),
        pytest.param(awslogs(awslogs_group=None), awslogs(), id="[2.3] nobody knows where"),
    ],
)
def test_a_container_that_leaves_no_group_is_none(before: Json, after: Json) -> None:
    assert leaving(before, after) == []


def test_one_of_two_that_leaves_is_one_whoever_stays() -> None:
    stays = container("api", logConfiguration=AT_OLD)
    before = task_definition(container(logConfiguration=AT_OLD), stays)
    after = task_definition(container(logConfiguration=awslogs()), stays)

    assert list(departures(before, after, REF)) == [Departure("web", OLD, GROUP)]
