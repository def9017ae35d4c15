"""The vocabulary of these tests: services in clusters, and what the clusters remember."""

from __future__ import annotations

from typing import Final

from controller.core.pace.ask import Ask
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.impact import NewSet
from controller.core.state.model import ClusterState

OLD: Final = "0" * 16
NEW: Final = "1" * 16
OTHER: Final = "2" * 16
SET: Final = NewSet(NEW, max_impact=20)

EMPTY: Final = ClusterState()
REMEMBERS_OLD: Final = ClusterState(policy_digest=OLD, governed=10)
REMEMBERS_NEW: Final = ClusterState(policy_digest=NEW, governed=10)
APPROVED: Final = ClusterState(policy_digest=OLD, governed=10, approved_policy=NEW)


def cluster(name: str) -> ClusterRef:
    """Return the cluster of this name."""
    return ClusterRef("111122223333", "eu-central-1", "aws", name)


ONE: Final = cluster("one")
TWO: Final = cluster("two")


def services(
    where: ClusterRef, number: int, *, changed: int = 0, policy: str | None = "production"
) -> list[Sighting]:
    """Return so many services of a cluster, of which some would be changed."""
    return [
        Sighting(
            ServiceRef(where.account, where.region, where.partition, where.name, f"web-{at}"),
            policy,
            in_flight=False,
            enforces=policy is not None,
            asks=frozenset({Ask("corrected")}) if at < changed else frozenset(),
        )
        for at in range(number)
    ]


def traffic(*seen: list[Sighting], complete: bool = True) -> Traffic:
    """Return a fleet of these services."""
    sightings = {one.ref: one for several in seen for one in several}
    return Traffic(complete=complete, whole=complete, sightings=sightings)
