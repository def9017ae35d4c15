"""Gates that look at the rest of the fleet: its failures, its waves, and how many are rolled."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.pace.traffic import Sighting, Traffic
from controller.core.reason import Reason
from controller.core.service.gates.lease import lease
from controller.core.service.gates.line import line
from controller.core.service.gates.wave import wave
from controller.core.service.gates.within_budget import within_budget
from controller.core.service.observed import NOT_ASKED
from controller.core.state.model import ClusterState, Unknown
from tests.core.pace.fleet import done, drifted, flying, rolled, traffic, waves
from tests.core.service.gates.asked import asked
from tests.core.service.given import REF, ago, container, logging_by, policy, task_definition
from tests.core.service.scene import A_DRIFTED_SERVICE, Scene, revision

HERE = REF.cluster_ref
ELSEWHERE = type(HERE)(HERE.account, HERE.region, HERE.partition, "batch")
UNREAD = Unknown(Reason("AccessDenied", "denied"))


def amid(*seen: Sighting, **changes: Any) -> Scene:
    """Return the service beside others of its policy."""
    return A_DRIFTED_SERVICE.but(traffic=traffic((drifted("web", 1), *seen)), **changes)


# ── the line ──────────────────────────────────────────────────────────────────────────────────────

FAILED = tuple(
    drifted(f"web-{age}", rolls=(rolled(age, failed=True),)) for age in (20, 10)
)  # two in a row: as many as a policy bears that says nothing else


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        pytest.param(NOT_ASKED, "look at state", id="nobody has looked"),
        pytest.param({HERE: ClusterState()}, "LineStopped", id="nobody has said a word"),
        pytest.param({HERE: ClusterState(acknowledged=ago(30))}, "LineStopped", id="said before"),
        pytest.param({HERE: ClusterState(acknowledged=ago(5))}, None, id="said since"),
        pytest.param({HERE: ClusterState(acknowledged=ago(15))}, None, id="one is forgiven"),
        pytest.param({ELSEWHERE: ClusterState(acknowledged=ago(5))}, "LineStopped", id="elsewhere"),
        pytest.param({HERE: UNREAD}, "LineStopped", id="what was said cannot be read"),
        pytest.param({}, "LineStopped", id="the cluster is not there"),
    ],
)
def test_the_line_stays_stopped_until_a_person_has_looked(state: Any, answer: str | None) -> None:
    assert asked(line, amid(*FAILED, state=state)) == answer


def test_where_nothing_has_failed_nobody_asks_what_the_cluster_remembers() -> None:
    assert asked(line, amid(*FAILED[:1], state=NOT_ASKED)) is None


# ── waves ─────────────────────────────────────────────────────────────────────────────────────────

FIRST, SECOND = {"name": "first", "match": [{"services": ["canary"]}]}, {"name": "second"}
IN_WAVES = waves(FIRST, SECOND)
IN_ORDER = waves({"name": "first", "match": [{"services": ["web"]}]}, SECOND)
DIGEST = "0" * 16
YES, OLD_YES = f"second {DIGEST}", "second " + "f" * 16


def said(**by_policy: str) -> dict[object, ClusterState]:
    """Return a cluster where people have let waves of these policies begin."""
    return {HERE: ClusterState(approved_waves=by_policy)}


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        pytest.param(NOT_ASKED, "look at state", id="nobody has looked"),
        pytest.param(said(), "WaitingForCanary", id="nobody has said a word"),
        pytest.param(said(production=YES), None, id="let begin"),
        pytest.param(said(production=f"first {DIGEST}"), "WaitingForCanary", id="the one before"),
        pytest.param(said(production=OLD_YES), "WaitingForCanary", id="under another set"),
        pytest.param(said(other=YES), "WaitingForCanary", id="of another policy"),
        pytest.param({HERE: UNREAD}, "WaitingForCanary", id="what was said cannot be read"),
        pytest.param({}, "WaitingForCanary", id="the cluster is not there"),
    ],
)
def test_a_later_wave_waits_until_it_has_come_or_a_person_lets_it_begin(
    state: Any, answer: str | None
) -> None:
    assert asked(wave, amid(drifted("canary"), policy=IN_WAVES, state=state)) == answer


def test_a_wave_that_has_come_needs_nobodys_word() -> None:
    scene = amid(done("canary", at=60), policy=IN_WAVES, state=NOT_ASKED)

    assert asked(wave, scene) is None


def test_nothing_waits_where_the_policy_has_no_waves() -> None:
    assert asked(wave, amid(drifted("canary"), state=NOT_ASKED)) is None


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        pytest.param({}, None, id="a REPLICA service with tasks"),
        pytest.param({"is_daemon": True}, "WaitingForCanary", id="a daemon"),
        pytest.param({"desired": 0}, "WaitingForCanary", id="without tasks"),
    ],
)
def test_only_a_service_that_can_prove_the_change_goes_first(
    service: dict[str, object], answer: str | None
) -> None:
    scene = A_DRIFTED_SERVICE.but(policy=IN_ORDER, traffic=traffic(()))

    assert asked(wave, scene.with_service(**service)) == answer


def test_nobody_guesses_a_wave_by_tags_that_are_unread() -> None:
    by_tag = {"name": "first", "match": [{"tags": {"matchLabels": {"tier": "test"}}}]}
    scene = amid(policy=waves(by_tag, SECOND)).with_service(tags=None)

    assert asked(wave, scene) == "Unknown"


def test_a_fleet_that_was_not_seen_has_come_to_no_wave() -> None:
    unseen = Traffic(complete=False, whole=False)

    assert asked(wave, amid(policy=IN_WAVES).but(traffic=unseen)) == "WaitingForWave"


# ── how many at once ──────────────────────────────────────────────────────────────────────────────

MANY: dict[str, Any] = {"max_concurrent": {"total": 9}, "max_per": {"share": "100%"}}
NARROW = waves(FIRST, {**SECOND, "max_concurrent": {"total": 1}}, **MANY)
ANOTHER_DRIVER = revision(1, task_definition(container(logConfiguration=logging_by("json-file"))))


@pytest.mark.parametrize(
    ("beside", "answer"),
    [
        pytest.param(flying("api", 1), "BudgetExhausted", id="another of its wave is rolled"),
        pytest.param(flying("canary", 0), None, id="one of another wave is rolled"),
    ],
)
def test_what_a_wave_states_holds_for_those_of_the_wave(
    beside: Sighting, answer: str | None
) -> None:
    assert asked(within_budget, amid(beside, policy=NARROW)) == answer


def test_the_first_that_moves_to_another_driver_goes_alone() -> None:
    scene = amid(flying("api", 1), policy=policy(rollout=MANY))

    assert asked(within_budget, scene) is None
    assert asked(within_budget, scene.but(revision=ANOTHER_DRIVER)) == "BudgetExhausted"


# ── who acts ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("leads", "answer"), [(True, None), (False, "NotLeading")])
def test_only_the_process_that_holds_the_lease_acts(answer: str | None, *, leads: bool) -> None:
    assert asked(lease, A_DRIFTED_SERVICE.but(leads=leads)) == answer
