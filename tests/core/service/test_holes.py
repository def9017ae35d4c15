"""What is not known is neither compliant nor drift, wherever in a task definition it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.edit import Set, apply
from controller.core.document.json import Json
from controller.core.document.path import named
from controller.core.document.unresolved import Unresolved
from controller.core.judge.finding import UNKNOWN
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Sync
from controller.core.service.task_definition import CONTAINERS
from controller.core.service.verdict import Verdict
from tests.core.service.given import (
    awslogs,
    container,
    destination,
    findings_of,
    judged,
    policy,
    task_definition,
)
from tests.strategies.json_values import Place, places, planted, without
from tests.strategies.policies import policies
from tests.strategies.task_definitions import Members, task_definitions

A_HOLE = Unresolved("it is a parameter")
JUDGED = {"essential", "image", "name", "logConfiguration"}
FILLINGS = st.sampled_from(["/ecs/shop", "mesh/envoy:2", "datadog", "awslogs", "10m"])


def judged_places(document: Members) -> list[Place]:
    """Return the places of a task definition that some rule looks at."""
    return [one for one in places(document) if len(one) < 3 or JUDGED & {*one}]


@st.composite
def holed(draw: st.DrawFn) -> tuple[Members, Place]:
    """Draw a task definition and a place in it that is not known."""
    document = draw(task_definitions())
    return document, draw(st.sampled_from(judged_places(document)))


def violations(verdict: Verdict) -> set[str]:
    """Return the ids of what certainly differs."""
    return {one.id for one in verdict.judgement.findings if one.is_violation}


def fillings(document: Members, place: Place, other: str) -> Iterator[Json]:
    """Yield the document with what may stand in the hole."""
    yield document
    yield without(document, place)
    if place[-1] != "containerDefinitions":
        yield planted(document, place, other)


@given(holed(), policies(), FILLINGS)
def test_what_is_a_violation_in_spite_of_a_hole_is_one_whatever_fills_it(
    drawn: tuple[Members, Place], by: LoggingPolicy, other: str
) -> None:
    document, place = drawn
    certain = violations(judged(as_document(planted(document, place, A_HOLE)), by))

    for filled in fillings(document, place, other):
        assert certain <= violations(judged(as_document(filled), by))


@given(holed(), policies())
def test_where_nothing_is_told_to_be_unknown_the_hole_hides_nothing(
    drawn: tuple[Members, Place], by: LoggingPolicy
) -> None:
    document, place = drawn
    verdict = judged(as_document(planted(document, place, A_HOLE)), by)

    if all(one.is_violation for one in verdict.judgement.findings):
        assert violations(verdict) == violations(judged(document, by))


@given(holed(), policies())
def test_the_edits_that_are_left_can_be_made(
    drawn: tuple[Members, Place], by: LoggingPolicy
) -> None:
    document, place = drawn
    with_hole = as_document(planted(document, place, A_HOLE))

    verdict = judged(with_hole, by)
    assert read_shape(verdict.proposed) == read_shape(apply(with_hole, verdict.judgement.edits))


def as_document(value: Json) -> Members:
    """Return a value that is known to be an object."""
    assert isinstance(value, dict)
    return value


def read_shape(value: object) -> str:
    """Return a document as text, as a hole equals nothing, not even itself."""
    return repr(value)


# ── single places ─────────────────────────────────────────────────────────────────────────────────


def test_a_group_that_is_not_known_is_unknown_and_the_rest_is_mended() -> None:
    logs = awslogs(awslogs_group=A_HOLE, mode="blocking")
    verdict = judged(task_definition(container(logConfiguration=logs)))

    [group] = findings_of("awslogs-options", verdict)
    assert (group.blocked, group.fixable) == (UNKNOWN, False)
    assert "it is a parameter" in group.message
    mode = CONTAINERS / named("web") / "logConfiguration" / "options" / "mode"
    assert verdict.enforced == (Set(mode, "non-blocking"),)


def test_a_group_that_is_not_known_and_kept_is_nobodys_business() -> None:
    logs = awslogs(awslogs_group=A_HOLE)
    by = policy(destinations=(destination(keep=("group",)),))

    assert judged(task_definition(container(logConfiguration=logs)), by).sync is Sync.COMPLIANT


def test_a_driver_that_is_not_known_is_unknown_once() -> None:
    logs = {**awslogs(), "logDriver": A_HOLE}
    verdict = judged(task_definition(container(logConfiguration=logs)))

    assert [one.blocked for one in verdict.judgement.findings] == [UNKNOWN]
    assert verdict.enforced == ()


def test_an_image_that_is_not_known_leaves_open_whether_the_container_is_excluded() -> None:
    by = policy(containers={"exclude": ({"images": ("*/envoy*",)},)})
    unknown = container(image=A_HOLE)
    verdict = judged(task_definition(unknown, container("app")), by)

    blocked = {one.container: one.blocked for one in verdict.judgement.findings}
    assert blocked == {"web": UNKNOWN, "app": None}


def test_an_image_that_is_not_known_does_not_matter_where_names_decide() -> None:
    by = policy(containers={"exclude": ({"names": ("agent",), "images": ("*/envoy*",)},)})
    verdict = judged(task_definition(container(image=A_HOLE)), by)

    assert [one.blocked for one in verdict.judgement.findings] == [None]


def test_whether_a_container_is_essential_leaves_open_what_is_selected_by_it() -> None:
    by = policy(containers={"exclude": ({"essential": False},)})
    unknown = container(essential=A_HOLE)
    helper = container("helper", essential=False)
    verdict = judged(task_definition(unknown, container("app"), helper), by)

    blocked = {one.container: one.blocked for one in verdict.judgement.findings}
    assert blocked == {"web": UNKNOWN, "app": None}


def test_whether_a_container_is_essential_does_not_matter_where_nothing_selects_by_it() -> None:
    verdict = judged(task_definition(container(essential=A_HOLE)))

    assert [one.blocked for one in verdict.judgement.findings] == [None]


def test_an_image_that_is_not_known_leaves_open_which_destination_is_the_containers() -> None:
    audit = {**destination(), "containers": ({"images": ("*/audit:*",)},)}
    by = policy(destinations=(audit, destination()))
    verdict = judged(task_definition(container(image=A_HOLE)), by)

    assert [one.blocked for one in verdict.judgement.findings] == [UNKNOWN]


@pytest.mark.parametrize(
    ("secrets", "blocked"),
    [
        pytest.param(A_HOLE, ["Unknown"], id="the list is not known"),
        pytest.param([A_HOLE], ["Unknown"], id="a secret is not known"),
        pytest.param([{"name": A_HOLE}], ["Unknown"], id="a name is not known"),
        pytest.param([{"name": "splunk-token", "valueFrom": A_HOLE}], [], id="only where it is"),
        pytest.param([{"name": "splunk-token"}, A_HOLE], [], id="another may be there too"),
        pytest.param([{"name": "other"}], [None], id="it is another"),
    ],
)
def test_a_secret_that_is_not_known_leaves_open_whether_its_shape_is_accepted(
    secrets: Json, blocked: list[str | None]
) -> None:
    by = policy(accept=({"driver": "splunk", "secret_options": ("splunk-token",)},))
    logs = {"logDriver": "splunk", "secretOptions": secrets}

    verdict = judged(task_definition(container(logConfiguration=logs)), by)
    assert [one.blocked for one in verdict.judgement.findings] == blocked


def test_a_default_mode_that_could_not_be_read_matters_only_where_it_would_hold() -> None:
    silent = container("silent", logConfiguration=awslogs(mode=None))
    stated = container("stated", logConfiguration=awslogs())
    by = policy(rules={"awslogs-options": {"mode": "Disabled"}})
    verdict = judged(task_definition(silent, stated), by, default_mode=A_HOLE)

    blocked = {one.container: one.blocked for one in verdict.judgement.findings}
    assert blocked == {"silent": UNKNOWN}
    assert len(verdict.judgement.unknown_in_enforce) == 1
