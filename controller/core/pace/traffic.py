"""What is known of the other services when one of them asks to be rolled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from controller.core.judge.claim import LogGroupClaim
from controller.core.pace.ask import Ask
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef


@dataclass(frozen=True, slots=True)
class RollResult:
    """One roll of ours: when it began and ended, and whether it failed.

    `ended` is None as long as it goes on. `under` is the short digest of the set of policies under
    which its revision was made, None where that can no longer be read.
    """

    at: datetime
    ended: datetime | None
    failed: bool
    under: str | None = None

    @property
    def succeeded(self) -> bool:
        """Tell whether it has come to a good end."""
        return self.ended is not None and not self.failed


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the fleet remembers of one service: nothing from which a write could be made.

    `rolled_at` are the starts of deployments to revisions of ours. `uses` and `wants` are ARNs
    and content digests of revisions. `proven` are the log drivers to which a roll of ours has moved
    the service, and succeeded. `enforces`: its policy may write to it. `asks` is all to which the
    present policies would ever roll it; `asked_by` are the short digests of sets before them that
    would have rolled it to the same, as soon.

    `wave` is the service's wave in its policy, from 0; None where it cannot be told. `rolls` are
    the rolls of ours, oldest first, as far as was read. `settled`: it is as the policy wants it,
    and healthy. `rollable` False: it cannot be rolled, now or ever, so nobody waits for it.
    `canary_eligible`: it could go first, so that others learn from it. `corrected`: it runs a
    correction of ours that has proven itself. `evidence` is when a roll under the present policies
    succeeded on it, by which others may follow.
    """

    ref: ServiceRef
    policy: str | None
    in_flight: bool
    rolled_at: tuple[datetime, ...] = ()
    uses: frozenset[str] = frozenset()
    wants: str | None = None
    proven: frozenset[str] = frozenset()
    enforces: bool = False
    asks: frozenset[Ask] = frozenset()
    asked_by: frozenset[str] = frozenset()
    wave: int | None = None
    rolls: tuple[RollResult, ...] = ()
    settled: bool = False
    rollable: bool = True
    canary_eligible: bool = False
    corrected: bool = False
    evidence: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether no later wave has to wait for the service."""
        return not self.rollable or (self.settled and not self.in_flight)

    @property
    def changes(self) -> bool:
        """Tell whether the service may ever be rolled for what the present policies ask."""
        return bool(self.asks)


@dataclass(frozen=True, slots=True)
class Traffic:
    """The fleet as one service that asks to be rolled must see it.

    `complete` False: some service has not been seen yet, so nothing may start. `whole` False:
    some cannot be seen, or are none of our business, so nobody can say that nothing uses a
    revision. `slots` are the services that were let through and have not been seen in flight
    yet. `registered` are the ARNs of the revisions that this process registered, `marked` those
    that it marked as failed, and for which service. `stopped` names
    the revision for which nothing more may be registered in this account and Region, where that
    is so; `remembered` are the ARNs of those of which a cluster was tagged. `claims` are what
    services claim of log groups.
    """

    complete: bool
    whole: bool
    sightings: Mapping[ServiceRef, Sighting] = field(default_factory=dict)
    slots: frozenset[ServiceRef] = frozenset()
    registered: frozenset[str] = frozenset()
    marked: frozenset[tuple[ServiceRef, str]] = frozenset()
    stopped: str | None = None
    remembered: frozenset[str] = frozenset()
    claims: Mapping[LogGroupRef, Mapping[ServiceRef, LogGroupClaim]] = field(default_factory=dict)

    @property
    def clusters(self) -> frozenset[ClusterRef]:
        """The clusters of all services that were seen."""
        return frozenset(ref.cluster_ref for ref in self.sightings)

    def users_of(self, task_definition: str) -> tuple[ServiceRef, ...]:
        """Return the services that use the revision with this ARN."""
        return tuple(ref for ref, seen in self.sightings.items() if task_definition in seen.uses)

    def wants(self, digest: str, besides: ServiceRef) -> bool:
        """Tell whether another service is still to be rolled to a revision with this digest."""
        return any(seen.wants == digest for ref, seen in self.sightings.items() if ref != besides)

    def in_flight(self, asking: ServiceRef) -> frozenset[ServiceRef]:
        """Return the services, other than *asking*, that are being rolled or about to be."""
        flying = {ref for ref, seen in self.sightings.items() if seen.in_flight}
        return frozenset((flying | self.slots) - {asking})
