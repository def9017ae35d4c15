"""The gate that keeps readers: nobody leaves a group whose filters the new one lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.move import Wait
from controller.core.service.consumers import Consumer
from controller.core.service.gates.consumers import consumers
from controller.core.service.observed import ConsumersRead
from tests.core.service.gates.asked import asked
from tests.core.service.given import GROUP, awslogs, container, logging_by, policy, task_definition
from tests.core.service.scene import A_DRIFTED_SERVICE, UNREADABLE, Scene, revision

OLD = replace(GROUP, name="/old")
TO_SIEM = Consumer("subscription filter", "to-siem", "takes all")
ERRORS = Consumer("metric filter", "errors", "counts errors")
OTHER_NAME = replace(ERRORS, name="errors-of-web")
NOBODY: frozenset[Consumer] = frozenset()
AT_OLD = task_definition(container(logConfiguration=awslogs(awslogs_group="/old")))
LOSES = "DestinationLosesConsumers"


def leaving(read: ConsumersRead) -> Scene:
    """Return a service whose container would leave /old for /ecs/web, and what is read of both."""
    return A_DRIFTED_SERVICE.but(revision=revision(1, AT_OLD), consumers=read)


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        pytest.param({ERRORS, TO_SIEM}, {ERRORS, TO_SIEM}, None, id="the new group has them all"),
        pytest.param({ERRORS}, {OTHER_NAME, TO_SIEM}, None, id="under another name, and more"),
        pytest.param({ERRORS, TO_SIEM}, {ERRORS}, LOSES, id="all but one"),
        pytest.param({TO_SIEM}, set[Consumer](), LOSES, id="none"),
    ],
)
def test_a_container_leaves_a_group_only_where_whoever_read_it_still_does(
    old: set[Consumer], new: set[Consumer], answer: str | None
) -> None:
    read = {OLD: frozenset(old), GROUP: frozenset(new)}

    assert asked(consumers, leaving(read)) == answer


def test_a_group_that_nobody_reads_is_left_freely() -> None:
    assert asked(consumers, leaving({OLD: NOBODY})) is None


def test_nothing_is_looked_at_where_nobody_leaves() -> None:
    assert asked(consumers, A_DRIFTED_SERVICE) is None


def test_whoever_leaves_is_looked_at_first() -> None:
    scene = A_DRIFTED_SERVICE.but(revision=revision(1, AT_OLD))

    assert asked(consumers, scene) == "look at consumers"


def test_filters_that_could_not_be_read_hold_the_service() -> None:
    assert asked(consumers, leaving(UNREADABLE)) == "AccessDenied"


def test_a_container_that_keeps_its_group_leaves_nothing() -> None:
    kept = {"awslogs": {"group": "/ecs/{service}", "stream_prefix": "{service}"}}
    scene = A_DRIFTED_SERVICE.but(revision=revision(1, AT_OLD), policy=policy(destinations=(kept,)))

    assert scene.candidate.edits == ()
    assert asked(consumers, scene) is None


def test_the_refusal_names_the_filters_the_groups_and_the_way_out() -> None:
    said = consumers(leaving({OLD: frozenset({ERRORS, TO_SIEM}), GROUP: NOBODY}).candidate)

    assert isinstance(said, Wait)
    assert said.reason.message == (
        "container web would leave /old (eu-central-1) for /ecs/web (eu-central-1), which lacks: "
        "metric filter errors, subscription filter to-siem"
    )
    assert "keep" in said.reason.remedy


def test_one_of_two_that_leaves_is_held_though_the_other_stays() -> None:
    other = {
        "containers": ({"names": ("api",)},),
        "awslogs": {"group": "/old", "stream_prefix": "{service}"},
        "keep": (),
    }
    last = {"awslogs": {"group": "/ecs/{service}", "stream_prefix": "{service}"}, "keep": ()}
    both = task_definition(
        container(logConfiguration=awslogs(awslogs_group="/old")),
        container("api", logConfiguration=awslogs(awslogs_group="/old")),
    )
    scene = leaving({OLD: frozenset({ERRORS}), GROUP: NOBODY}).but(
        revision=revision(1, both), policy=policy(destinations=(other, last))
    )

    assert [one.container for one in scene.candidate.departures] == ["web"]
    assert asked(consumers, scene) == LOSES


def test_a_container_that_logged_by_another_driver_leaves_no_group() -> None:
    elsewhere = task_definition(container(logConfiguration=logging_by("json-file")))

    assert asked(consumers, A_DRIFTED_SERVICE.but(revision=revision(1, elsewhere))) is None
