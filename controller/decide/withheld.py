"""The process's yes to a change that several clusters ask for, withheld where one must not yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from controller.core.consent import Yes
from controller.core.refs import ClusterRef, Ref
from controller.core.state.impact import NewSet, withheld
from controller.decide.world import World
from controller.observe.clusters import observe_states


async def unless_withheld(yes: Yes, ref: Ref, clusters: Iterable[ClusterRef], world: World) -> Yes:
    """Return *yes*, no longer given where the policies are held in one of *clusters*.

    Raises RetryError where it cannot be read what the clusters remember.
    """
    asking = frozenset(clusters)
    states = await observe_states(world.fleet.traffic(ref).clusters | asking, world.state)
    policies, traffic = world.policies(), world.fleet.traffic(ref)
    new = NewSet(policies.short_digest, policies.max_impact)
    reasons = (withheld(cluster, new, traffic, states) for cluster in sorted(asking))
    reason = next((one for one in reasons if one is not None), None)
    return yes if reason is None else replace(yes, given=False, otherwise=reason)
