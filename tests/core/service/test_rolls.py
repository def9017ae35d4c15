"""When a service was rolled by us, and whether it holds a place in the budget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.service.deployment import PastDeployment
from controller.core.service.observed import NOT_ASKED, HistoryRead
from controller.core.service.revision import MANAGED_BY, NEW_DRIVERS, Revision
from controller.core.service.rolls.in_flight import is_in_flight
from controller.core.service.rolls.past import rolled_at
from controller.core.service.rolls.phase import phase
from controller.core.service.rolls.proven import proven_drivers
from controller.core.service.rolls.returning import is_returning
from tests.core.service.given import (
    DRIFTED,
    SIBLING,
    ago,
    container,
    logging_by,
    task_definition,
)
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    UNREADABLE,
    Scene,
    deployment,
    family,
    history,
    marked,
    ours,
    past,
    revision,
)

TWO = ours(2)
COMING_BACK = deployment(BASE_REVISION, started=ago(1), state="IN_PROGRESS")
AT_HOME = deployment(BASE_REVISION, started=ago(1))
DRAINING = deployment(TWO, started=ago(30), status="ACTIVE")


def in_flight(scene: Scene) -> bool:
    """Tell whether the service holds a place in the budget."""
    observed = scene.candidate.observed
    return is_in_flight(observed, phase(observed, scene.policy.rollout, scene.now))


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        pytest.param(past(TWO, revision=TWO), True, id="to a revision of ours"),
        pytest.param(past(revision(2), revision=revision(2)), False, id="to somebody else's"),
        pytest.param(past(revision(2), failed=True), True, id="failed, and cannot be read"),
        pytest.param(past(revision(2)), False, id="succeeded, and was not read"),
        pytest.param(past(BASE_REVISION), False, id="to what it runs, which is not ours"),
    ],
)
def test_a_deployment_counts_as_a_roll_if_it_was_or_may_have_been_ours(
    one: PastDeployment, *, counts: bool
) -> None:
    observed = A_DRIFTED_SERVICE.but(history=history(one)).candidate.observed

    assert rolled_at(observed) == ((one.created_at,) if counts else ())


def test_a_deployment_to_a_revision_of_ours_that_the_family_shows_counts_too() -> None:
    scene = A_DRIFTED_SERVICE.but(history=history(past(TWO)), family=family(BASE_REVISION, TWO))

    assert rolled_at(scene.candidate.observed) == (past(TWO).created_at,)
    assert rolled_at(scene.but(family=UNREADABLE).candidate.observed) == ()


@pytest.mark.parametrize("read", [NOT_ASKED, UNREADABLE], ids=["not asked", "not readable"])
def test_a_service_that_runs_ours_was_rolled_when_its_deployment_began(read: HistoryRead) -> None:
    ours_runs = A_DRIFTED_SERVICE.set_to(TWO, started=ago(7)).but(history=read)

    assert rolled_at(ours_runs.candidate.observed) == (ago(7),)
    assert rolled_at(ours_runs.with_service(deployments=()).candidate.observed) == ()
    assert rolled_at(A_DRIFTED_SERVICE.but(history=read).candidate.observed) == ()


def test_the_same_roll_is_counted_once() -> None:
    scene = A_DRIFTED_SERVICE.set_to(TWO, started=ago(7))
    scene = scene.but(history=history(past(TWO, created_at=ago(7)), past(BASE_REVISION)))

    assert rolled_at(scene.candidate.observed) == (ago(7),)


@pytest.mark.parametrize(
    ("scene", "flies"),
    [
        pytest.param(A_DRIFTED_SERVICE, False, id="not ours"),
        pytest.param(
            A_DRIFTED_SERVICE.set_to(TWO, started=ago(1), state="IN_PROGRESS"), True, id="rolling"
        ),
        pytest.param(A_DRIFTED_SERVICE.set_to(TWO, started=ago(4)), True, id="baking"),
        pytest.param(A_DRIFTED_SERVICE.set_to(TWO, started=ago(9)), False, id="proven"),
        pytest.param(
            A_DRIFTED_SERVICE.set_to(TWO, started=ago(9)).with_service(running=1),
            True,
            id="not steady",
        ),
        pytest.param(
            A_DRIFTED_SERVICE.set_to(TWO, started=ago(9), state="FAILED"), True, id="failed"
        ),
        pytest.param(
            A_DRIFTED_SERVICE.set_to(TWO, started=ago(9)).but(history=UNREADABLE),
            True,
            id="nobody knows",
        ),
    ],
)
def test_a_roll_holds_its_place_until_it_is_proven(scene: Scene, *, flies: bool) -> None:
    assert in_flight(scene) is flies


@pytest.mark.parametrize(
    ("scene", "returns"),
    [
        pytest.param(
            A_DRIFTED_SERVICE.with_service(deployments=(COMING_BACK,)), True, id="on its way"
        ),
        pytest.param(
            A_DRIFTED_SERVICE.with_service(deployments=(AT_HOME, DRAINING)), True, id="draining"
        ),
        pytest.param(A_DRIFTED_SERVICE.with_service(deployments=(AT_HOME,)), False, id="at home"),
        pytest.param(A_DRIFTED_SERVICE.with_service(deployments=()), False, id="no deployment"),
    ],
)
def test_a_return_holds_its_place_until_the_service_is_home(scene: Scene, *, returns: bool) -> None:
    scene = scene.but(family=family(BASE_REVISION, marked(TWO)))

    assert is_returning(scene.candidate.observed) is returns
    assert in_flight(scene) is returns


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(TWO, id="it has not failed"),
        pytest.param(marked(TWO, SIBLING), id="it failed for a sibling"),
        pytest.param(marked(ours(2, base=7)), id="it was made from another base"),
        pytest.param(marked(revision(2)), id="it is not ours"),
    ],
)
def test_a_deployment_of_others_is_no_return(one: Revision) -> None:
    scene = A_DRIFTED_SERVICE.with_service(deployments=(COMING_BACK,))
    scene = scene.but(family=family(BASE_REVISION, one))

    assert not is_returning(scene.candidate.observed)
    assert not is_returning(scene.but(family=UNREADABLE).candidate.observed)


# ── what a roll has proven ────────────────────────────────────────────────────────────────────────


def bringing(drivers: str, one: Revision = TWO) -> Revision:
    """Return the revision with the tag that says which log drivers the correction brought."""
    return replace(one, tags={**one.tags, NEW_DRIVERS: drivers})


def proven(scene: Scene) -> frozenset[str]:
    observed = scene.candidate.observed
    return proven_drivers(observed, phase(observed, scene.policy.rollout, scene.now))


@pytest.mark.parametrize(
    ("one", "drivers"),
    [
        pytest.param(bringing("awslogs"), {"awslogs"}, id="it was moved to one"),
        pytest.param(bringing("awslogs splunk"), {"awslogs", "splunk"}, id="to two"),
        pytest.param(TWO, set(), id="it logged by awslogs before"),
        pytest.param(bringing("awslogs", revision(2)), set(), id="the tag was cloned"),
        pytest.param(
            replace(TWO, tags={**bringing("awslogs").tags, MANAGED_BY: "other"}),
            set(),
            id="another instance did it",
        ),
        pytest.param(
            bringing("awslogs", ours(2, task_definition(container(memory=1)))),
            {"awslogs"},
            id="whatever else was corrected",
        ),
    ],
)
def test_a_roll_proves_the_drivers_to_which_it_moved_the_service(
    one: Revision, drivers: set[str]
) -> None:
    assert proven(A_DRIFTED_SERVICE.set_to(one, started=ago(9))) == drivers


@pytest.mark.parametrize(
    ("started", "state"), [(1, "IN_PROGRESS"), (4, "COMPLETED"), (9, "FAILED")]
)
def test_a_roll_that_has_not_succeeded_proves_nothing(started: float, state: str) -> None:
    rolled = A_DRIFTED_SERVICE.set_to(bringing("awslogs"), started=ago(started), state=state)

    assert proven(rolled) == frozenset()


def test_a_revision_that_is_not_what_we_sent_proves_nothing() -> None:
    cloned = replace(bringing("awslogs"), document=revision(2).document)
    under_our_role = {**cloned.document, "registeredBy": TWO.document["registeredBy"]}
    scene = A_DRIFTED_SERVICE.set_to(replace(cloned, document=under_our_role), started=ago(9))

    assert proven(scene) == frozenset()


def test_the_drivers_that_a_correction_brings_are_written_on_its_revision() -> None:
    elsewhere = logging_by("json-file")
    drifted = revision(1, task_definition(container(logConfiguration=elsewhere)))

    assert A_DRIFTED_SERVICE.but(revision=drifted).candidate.tags[NEW_DRIVERS] == "awslogs"
    assert NEW_DRIVERS not in A_DRIFTED_SERVICE.candidate.tags


def test_what_an_earlier_correction_brought_is_not_said_of_the_next() -> None:
    again = bringing("awslogs", ours(2, DRIFTED))

    candidate = A_DRIFTED_SERVICE.set_to(again, started=ago(9_000)).candidate

    assert candidate.edits
    assert NEW_DRIVERS not in candidate.tags
