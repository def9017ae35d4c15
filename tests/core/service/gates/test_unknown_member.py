"""Where ECS did not keep what we sent, nothing more is registered until a person says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.move import Look
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Reason
from controller.core.service.aftermath import aftermath
from controller.core.service.gates.family import family as family_gate
from controller.core.service.gates.unknown_member import unknown_member
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import DIGEST, Revision
from controller.core.state.model import ClusterState, Unknown
from tests.core.service.gates.asked import asked
from tests.core.service.given import REF, SIBLING, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    arn_of,
    damaged,
    family,
    inactive,
    ours,
)

CLUSTER = REF.cluster_ref
OTHER = replace(CLUSTER, name="other")
NOT_KEPT = ClusterState(unknown_member="elsewhere:7")
ANOTHER_PROCESS = Traffic(complete=True, whole=True)
"""The fleet as a process sees it that has registered nothing."""


def beside(*revisions: Revision, **changes: Any) -> Scene:
    """Return a drifted service whose family has these revisions besides the one that runs."""
    return A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, *revisions), **changes)


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        pytest.param({CLUSTER: ClusterState()}, None, id="none"),
        pytest.param({CLUSTER: NOT_KEPT}, "UnknownMember", id="its own"),
        pytest.param({CLUSTER: ClusterState(), OTHER: NOT_KEPT}, "UnknownMember", id="another"),
        pytest.param(
            {CLUSTER: ClusterState(), replace(OTHER, region="us-east-1"): NOT_KEPT},
            None,
            id="another in another Region",
        ),
        pytest.param(
            {CLUSTER: ClusterState(), replace(OTHER, account="444455556666"): NOT_KEPT},
            None,
            id="another in another account",
        ),
        pytest.param(
            {CLUSTER: ClusterState(), OTHER: Unknown(Reason("AccessDenied", "denied"))},
            "AccessDenied",
            id="another is unreadable",
        ),
    ],
)
def test_one_cluster_that_remembers_stops_its_account_and_region(
    states: Any, answer: str | None
) -> None:
    assert asked(unknown_member, A_DRIFTED_SERVICE.but(state=states)) == answer


def test_what_is_registered_already_and_came_back_whole_may_be_rolled() -> None:
    assert asked(unknown_member, beside(ours(2), state={CLUSTER: NOT_KEPT})) is None


def test_where_the_cluster_could_not_be_tagged_the_process_remembers() -> None:
    stopped = replace(ANOTHER_PROCESS, stopped="elsewhere:7")

    assert asked(unknown_member, A_DRIFTED_SERVICE.but(traffic=stopped)) == "UnknownMember"


@pytest.mark.parametrize("gate", [family_gate, unknown_member])
def test_what_nobody_knows_to_be_whole_is_told_as_it_is(gate: Any) -> None:
    scene = beside(damaged(ours(2)), traffic=ANOTHER_PROCESS)

    assert asked(gate, scene) == "UnknownMember"


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        pytest.param(inactive(damaged(ours(2))), None, id="deregistered"),
        pytest.param(damaged(ours(2, base=9)), "FamilyAhead", id="it corrects another revision"),
        pytest.param(
            replace(ours(2), tags={**ours(2).tags, DIGEST: "v0-1234"}),
            "FamilyAhead",
            id="of another scheme",
        ),
    ],
)
def test_other_revisions_are_none_of_ours(one: Revision, answer: str | None) -> None:
    assert asked(family_gate, beside(one, traffic=ANOTHER_PROCESS)) == answer


def test_what_somebody_deployed_is_a_release() -> None:
    used = {SIBLING: Sighting(SIBLING, None, in_flight=False, uses=frozenset({arn_of(2)}))}
    scene = beside(damaged(ours(2)), traffic=replace(ANOTHER_PROCESS, sightings=used))

    assert asked(family_gate, scene) == "FamilyAhead"


def test_a_family_that_is_shared_is_no_exception() -> None:
    shared = policy(allow={"shared_families": True})
    scene = beside(damaged(ours(2)), traffic=ANOTHER_PROCESS, policy=shared)

    assert asked(family_gate, scene) is None
    assert asked(unknown_member, scene) == "UnknownMember"


def test_after_a_restart_it_is_read_what_the_cluster_remembers_before_anything_is_tidied() -> None:
    scene = beside(damaged(ours(2)), traffic=ANOTHER_PROCESS, state=NOT_ASKED)

    said = aftermath(scene.candidate)
    assert said is not None
    assert said.step == Look("state")


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        ({"family": NOT_ASKED}, "look at family"),
        ({"family": UNREADABLE}, "AccessDenied"),
        ({"state": NOT_ASKED}, "look at state"),
    ],
)
def test_it_needs_the_family_and_what_clusters_remember(part: Any, answer: str) -> None:
    assert asked(unknown_member, A_DRIFTED_SERVICE.but(**part)) == answer
