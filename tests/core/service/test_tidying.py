"""Revisions of ours that nobody needs: deregistered, so that no bare name leads to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.document.unresolved import Unresolved
from controller.core.move import Deregister, RememberUnknownMember, Roll, Wait
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.service.revision import FAILED, Revision, failure_tag
from tests.core.service.given import REF, SIBLING, ago, awslogs, container, task_definition
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    SERVICE,
    arn_of,
    damaged,
    deployment,
    family,
    inactive,
    ours,
    revision,
)

STALE = ours(2, {"family": "shop", "containerDefinitions": [{"name": "web"}]})


def seen(**members: Any) -> Traffic:
    """Return the fleet with a sibling that is seen so."""
    sibling = Sighting(SIBLING, "production", in_flight=False, **members)
    return Traffic(complete=True, whole=True, sightings={SIBLING: sibling})


def test_a_revision_that_will_never_be_rolled_is_deregistered() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, STALE))

    assert scene.next.step == Deregister(REF, arn_of(2))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"traffic": Traffic(complete=False, whole=True)}, id="not all is seen"),
        pytest.param({"traffic": Traffic(complete=True, whole=False)}, id="not all can be seen"),
        pytest.param({"traffic": seen(uses=frozenset({arn_of(2)}))}, id="a sibling uses it"),
        pytest.param(
            {"traffic": seen(wants=STALE.tags["ecs-logging/digest"])}, id="a sibling wants it"
        ),
    ],
)
def test_a_revision_that_may_be_needed_is_left_alone(changes: dict[str, object]) -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, STALE), **changes)

    assert not isinstance(scene.next.step, Deregister)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(inactive(STALE), id="it is INACTIVE already"),
        pytest.param(revision(2), id="it is somebody else's"),
        pytest.param(ours(2, STALE.document, base=7), id="it was made from another base"),
        pytest.param(ours(2), id="it is just what is wanted"),
    ],
)
def test_what_is_not_left_over_is_left_alone(one: Revision) -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, one))

    assert not isinstance(scene.next.step, Deregister)


def test_a_revision_is_not_left_over_while_old_tasks_run_it() -> None:
    draining = deployment(STALE, started=ago(90), status="ACTIVE")
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, STALE))

    assert not isinstance(
        scene.with_service(deployments=(SERVICE.deployments[0], draining)).next.step, Deregister
    )


def test_a_damaged_revision_goes_at_once_whoever_wants_it() -> None:
    one = damaged(ours(2))
    traffic = replace(seen(wants=one.tags["ecs-logging/digest"]), registered=frozenset({one.arn}))
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, one), traffic=traffic)

    assert scene.next.step == RememberUnknownMember(REF.cluster_ref, arn_of(2))
    remembered = replace(traffic, remembered=frozenset({one.arn}))
    assert scene.but(traffic=remembered).next.step == Deregister(REF, arn_of(2))


def test_what_wears_our_tags_and_was_registered_by_another_process_is_left_alone() -> None:
    clone = damaged(ours(2))
    scene = A_DRIFTED_SERVICE.but(
        family=family(BASE_REVISION, clone), traffic=replace(seen(), registered=frozenset())
    )

    step = scene.next.step
    assert isinstance(step, Wait)
    assert step.reason.code == "UnknownMember"


@pytest.mark.parametrize("tag", ["ecs-logging/failed-0", "ecs-logging/digest"])
def test_what_a_pipeline_under_our_role_made_of_our_tags_is_not_deregistered(tag: str) -> None:
    failed = failure_tag(REF.arn) if tag.startswith(FAILED) else tag
    clone = damaged(replace(STALE, tags={**STALE.tags, failed: "v1-0"}))
    traffic = replace(seen(), registered=frozenset())
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, clone), traffic=traffic)

    assert not isinstance(scene.next.step, Deregister)
    assert isinstance(scene.but(family=family(BASE_REVISION, STALE)).next.step, Deregister)


def test_what_is_not_known_for_a_moment_makes_nothing_left_over() -> None:
    silent = task_definition(container(logConfiguration=awslogs(mode=None, tag="t")))
    corrected = task_definition(container(logConfiguration=awslogs()))
    base, registered = revision(1, silent), ours(2, corrected)
    scene = A_DRIFTED_SERVICE.but(revision=base, family=family(base, registered))

    assert scene.but(default_mode="blocking").next.step == Roll(REF, arn_of(2))
    unread = Unresolved("the account setting could not be read")
    assert not isinstance(scene.but(default_mode=unread).next.step, Deregister)


def test_a_revision_that_aws_does_not_let_us_roll_is_not_left_as_the_latest() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, ours(2)), refused={Roll})

    assert scene.next.step == Deregister(REF, arn_of(2))


def test_what_aws_does_not_let_us_deregister_is_left() -> None:
    scene = A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, STALE), refused={Deregister})

    assert not isinstance(scene.next.step, Deregister)
