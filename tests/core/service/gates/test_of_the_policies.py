"""What a new set of policies must bring before anything is rolled for it."""

from __future__ import annotations

import pytest

from controller.core.move import Look
from controller.core.pace.ask import Ask
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Reason
from controller.core.service.aftermath import aftermath
from controller.core.service.gates.policy_impact import policy_impact
from controller.core.service.observed import NOT_ASKED
from controller.core.state.model import ClusterState, Unknown
from tests.core.service.gates.asked import asked
from tests.core.service.given import REF, SIBLING
from tests.core.service.scene import A_DRIFTED_SERVICE, Scene

CLUSTER = REF.cluster_ref
OURS, THEIRS = "0" * 16, "f" * 16


def remembering(state: ClusterState | Unknown, *, complete: bool = True) -> Scene:
    """Return two services that the policies would change, in a cluster that remembers this."""
    both = {
        ref: Sighting(ref, "production", in_flight=False, asks=frozenset({Ask("corrected")}))
        for ref in (REF, SIBLING)
    }
    traffic = Traffic(complete=complete, whole=complete, sightings=both)
    return A_DRIFTED_SERVICE.but(state={CLUSTER: state}, traffic=traffic)


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        pytest.param(ClusterState(), None, id="no set"),
        pytest.param(ClusterState(OURS, 2), None, id="this set"),
        pytest.param(ClusterState(THEIRS, 2), "PolicyImpact", id="another set"),
        pytest.param(ClusterState(THEIRS, 2, OURS), None, id="another set, and a yes to this"),
        pytest.param(Unknown(Reason("AccessDenied", "denied")), "AccessDenied", id="unreadable"),
    ],
)
def test_what_the_cluster_remembers_decides(
    state: ClusterState | Unknown, answer: str | None
) -> None:
    assert asked(policy_impact, remembering(state)) == answer


def test_a_fleet_that_was_not_seen_cannot_tell_how_much_changes() -> None:
    scene = remembering(ClusterState(THEIRS, 2), complete=False)

    assert asked(policy_impact, scene) == "FleetNotSeen"


def test_what_the_cluster_remembers_is_read_before_it_is_judged() -> None:
    assert asked(policy_impact, A_DRIFTED_SERVICE.but(state=NOT_ASKED)) == "look at state"


def test_what_is_to_be_done_after_a_roll_does_not_ask_for_it() -> None:
    said = aftermath(A_DRIFTED_SERVICE.but(state=NOT_ASKED, first_look=True).candidate)

    assert said is None or said.step != Look("state")
