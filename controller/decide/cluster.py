"""One cluster: what it remembers of policies, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.cluster.next_move import next_move
from controller.core.cluster.observed import Cluster
from controller.core.consent import Change
from controller.core.move import Decision
from controller.core.refs import ClusterRef
from controller.core.state.impact import NewSet
from controller.core.state.model import ClusterState
from controller.decide.world import World
from controller.observe.clusters import observe_states


@dataclass(frozen=True, slots=True)
class DecidedCluster:
    """What the cluster remembers, and the next step that follows."""

    cluster: Cluster
    new: NewSet
    decision: Decision
    may_move: bool


async def decide_cluster(ref: ClusterRef, world: World) -> DecidedCluster | None:
    """Read what the cluster remembers, and return its next step; None where no service is in it.

    Raises RetryError for a passing fault; what may not be read is known to be unknown.
    """
    if not world.fleet.has_services_in(ref):
        return None
    clusters = world.fleet.traffic(ref).clusters | {ref}
    cluster = Cluster(ref, await observe_states(clusters, world.state))
    policies = world.policies()
    new = NewSet(policies.short_digest, policies.max_impact)
    yes = world.consent.to(_change(cluster, new))
    traffic = world.fleet.traffic(ref)
    decision = next_move(cluster, new, traffic, yes=yes, now=world.clock.now())
    return DecidedCluster(cluster, new, decision, yes.writes)


def _change(cluster: Cluster, new: NewSet) -> Change:
    """Return the change as a plan file would know it; none ever names it."""
    before = cluster.state.policy_digest if isinstance(cluster.state, ClusterState) else None
    return Change(cluster.ref, fingerprint=before or "", patch=new.digest)
