"""The budget: so many at once, such a share in a time, and the most restrictive limit wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from controller.core.move import Wait
from controller.core.pace.budget import may_start
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.refs import ServiceRef
from tests.core.service.given import NOW, REF, ago, minutes, policy

DAY = 24 * 60


def other(number: int, **where: str) -> ServiceRef:
    """Return another service, of the same cluster unless said otherwise."""
    return replace(REF, name=f"other-{number}", **where)


def seen(ref: ServiceRef, *, flying: bool = False, rolled: tuple[datetime, ...] = ()) -> Sighting:
    """Return what was seen of a service of the same policy."""
    return Sighting(ref, "production", in_flight=flying, rolled_at=rolled)


def fleet(*sightings: Sighting, size: int = 0, slots: tuple[ServiceRef, ...] = ()) -> Traffic:
    """Return a fleet with services that rest beside those of *sightings*, *size* in all."""
    resting = (seen(other(number)) for number in range(1_000, 1_000 + size - len(sightings)))
    known = {one.ref: one for one in (*sightings, *resting)}
    return Traffic(complete=True, whole=True, sightings=known, slots=frozenset(slots))


def paced(*, share: str = "100%", **at_once: Any) -> LoggingPolicy:
    """Return a policy with this pace."""
    return policy(rollout={"maxConcurrent": at_once, "maxPer": {"share": share, "in": "24h"}})


def starts(traffic: Traffic, by: LoggingPolicy, ref: ServiceRef = REF) -> bool:
    """Tell whether the service may be rolled now."""
    said = may_start(ref, by, traffic, NOW)
    assert said is None or said.reason.code == "BudgetExhausted"
    return said is None


# ── at once ───────────────────────────────────────────────────────────────────────────────────────


def test_nothing_starts_before_the_whole_fleet_was_seen() -> None:
    unseen = replace(fleet(size=10), complete=False)

    assert not starts(unseen, paced())
    assert not starts(replace(unseen, slots=frozenset({REF})), paced())


def test_a_service_starts_where_none_flies() -> None:
    assert starts(fleet(size=10), paced())


@pytest.mark.parametrize(("flying", "may"), [(0, True), (1, True), (2, False), (3, False)])
def test_no_more_fly_at_once_than_the_total(flying: int, *, may: bool) -> None:
    traffic = fleet(*(seen(other(n), flying=True) for n in range(flying)), size=10)

    assert starts(traffic, paced(total=2)) is may


ELSEWHERE = {"account": "999999999999"}
BESIDE = {"cluster": "batch"}


@pytest.mark.parametrize(
    ("where", "limit", "may"),
    [
        pytest.param({}, {"perAccount": 1}, False, id="the same account"),
        pytest.param(ELSEWHERE, {"perAccount": 1}, True, id="another account"),
        pytest.param({}, {"perCluster": 1}, False, id="the same cluster"),
        pytest.param(BESIDE, {"perCluster": 1}, True, id="another cluster"),
        pytest.param(ELSEWHERE, {"perCluster": 1}, True, id="its namesake in another account"),
        pytest.param({"region": "us-east-1"}, {"perCluster": 1}, True, id="in another Region"),
        pytest.param(BESIDE, {"perAccount": 1, "perCluster": 1}, False, id="the stricter wins"),
    ],
)
def test_accounts_and_clusters_have_limits_of_their_own(
    where: dict[str, str], limit: dict[str, Any], *, may: bool
) -> None:
    traffic = fleet(seen(other(1, **where), flying=True), size=10)

    assert starts(traffic, paced(total=9, **limit)) is may


def test_a_place_that_was_given_counts_until_the_roll_is_seen() -> None:
    assert not starts(fleet(size=10, slots=(other(1),)), paced(total=1))
    assert starts(fleet(size=10, slots=(other(1),)), paced(total=2))


def test_a_service_that_has_a_place_goes_through() -> None:
    crowded = fleet(seen(other(1), flying=True), size=10, slots=(REF,))

    assert starts(crowded, paced(total=1))


def test_a_place_and_a_flight_of_one_service_are_one() -> None:
    assert starts(fleet(seen(other(1), flying=True), size=10, slots=(other(1),)), paced(total=2))


def test_a_service_does_not_stand_in_its_own_way() -> None:
    assert starts(fleet(seen(REF, flying=True), size=10), paced(total=1))


# ── within a time ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("size", "share", "most"),
    [
        pytest.param(1, "10%", 1, id="at least one"),
        pytest.param(9, "10%", 1, id="at least one of nine"),
        pytest.param(19, "10%", 1, id="1.9 is one"),
        pytest.param(20, "10%", 2, id="two of twenty"),
        pytest.param(30, "10%", 3, id="three of thirty, exactly"),
        pytest.param(3, "100%", 3, id="all"),
    ],
)
def test_a_share_is_rounded_down_and_at_least_one(size: int, share: str, most: int) -> None:
    def rolled(count: int) -> Traffic:
        return fleet(*(seen(other(n), rolled=(ago(60),)) for n in range(count)), size=size)

    assert starts(rolled(most - 1), paced(share=share, total=9))
    assert not starts(rolled(most), paced(share=share, total=9))


@pytest.mark.parametrize(("age", "may"), [(1, False), (DAY - 1, False), (DAY, True)])
def test_a_roll_counts_for_a_day(age: int, *, may: bool) -> None:
    assert starts(fleet(seen(other(1), rolled=(ago(age),)), size=10), paced(share="10%")) is may


@pytest.mark.parametrize("rolls", [(ago(60), ago(30)), (ago(600), ago(60), ago(30))], ids=len)
def test_it_is_told_when_there_will_be_room(rolls: tuple[datetime, ...]) -> None:
    traffic = fleet(*(seen(other(n), rolled=(at,)) for n, at in enumerate(rolls)), size=20)

    said = may_start(REF, paced(share="10%", total=9), traffic, NOW)
    assert isinstance(said, Wait)
    assert said.until == ago(60) + minutes(DAY)


def test_places_that_were_given_count_against_the_share() -> None:
    traffic = fleet(seen(other(1)), size=10, slots=(other(1),))

    assert not starts(traffic, paced(share="10%", total=9))


def test_a_service_that_was_rolled_twice_counts_twice() -> None:
    twice = fleet(seen(other(1), rolled=(ago(60), ago(30))), size=20)

    assert not starts(twice, paced(share="10%", total=9))


def test_services_of_other_policies_do_not_count() -> None:
    foreign = replace(seen(other(1), rolled=(ago(60),)), policy="other")
    nobodys = replace(seen(other(2), rolled=(ago(60),)), policy=None)

    assert starts(fleet(foreign, nobodys, size=2), paced(share="10%", total=9))


# ── who uses what ─────────────────────────────────────────────────────────────────────────────────


def test_the_fleet_knows_who_uses_and_who_wants_a_revision() -> None:
    user = replace(seen(other(1)), uses=frozenset({"arn"}))
    wanting = replace(seen(REF), wants="v1-digest")
    traffic = fleet(user, wanting)

    assert traffic.users_of("arn") == (other(1),)
    assert traffic.users_of("else") == ()
    assert traffic.wants("v1-digest", besides=other(1))
    assert not traffic.wants("v1-digest", besides=REF)


# ── another log driver ────────────────────────────────────────────────────────────────────────────


def brings(driver: str, traffic: Traffic) -> bool:
    """Tell whether the service may be rolled now if the roll brings it this driver."""
    by = paced(total=5)
    return may_start(REF, by, traffic, NOW, drivers=frozenset({driver})) is None


def test_the_first_service_that_moves_to_another_driver_goes_alone() -> None:
    assert brings("awslogs", fleet(size=10))
    assert not brings("awslogs", fleet(seen(other(1), flying=True), size=10))
    assert not brings("awslogs", fleet(size=10, slots=(other(1_000),)))


def test_others_follow_once_the_driver_has_proven_itself_on_one() -> None:
    flying, proven = seen(other(1), flying=True), seen(other(2))

    assert not brings("splunk", fleet(flying, replace(proven, proven=frozenset({"awslogs"}))))
    assert brings("awslogs", fleet(flying, replace(proven, proven=frozenset({"awslogs"}))))


def test_what_another_policy_has_proven_is_not_asked() -> None:
    flying = seen(other(1), flying=True)
    elsewhere = replace(seen(other(2)), policy="other", proven=frozenset({"awslogs"}))

    assert not brings("awslogs", fleet(flying, elsewhere))
    assert brings("awslogs", fleet(replace(flying, policy="other"), elsewhere))


def test_one_in_flight_that_nobody_governs_any_more_may_be_the_first() -> None:
    orphan = replace(seen(other(1), flying=True), policy=None)

    assert not brings("awslogs", fleet(orphan, size=10))
    assert starts(fleet(orphan, size=10), paced(total=5))
    assert brings("awslogs", fleet(orphan, replace(seen(other(2)), proven=frozenset({"awslogs"}))))
