"""The process's yes to a change that several clusters ask for, withheld where one must not yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from controller.core.consent import Yes
from controller.core.refs import ClusterRef, Ref
from controller.core.state.impact import NewSet, withheld
from controller.core.state.paused import pause_of
from controller.decide.world import World
from controller.observe.clusters import observe_states
from controller.observe.kill_switch import observe_kill_switch


async def unless_withheld(yes: Yes, ref: Ref, clusters: Iterable[ClusterRef], world: World) -> Yes:
    """Return *yes*, no longer given where one of *clusters* is paused or holds the policies, or
    where the kill switch stops everything.

    Raises RetryError where it cannot be read what the clusters remember.
    """
    asking = frozenset(clusters)
    states = await observe_states(world.fleet.traffic(ref).clusters | asking, world.state)
    policies, traffic = world.policies(), world.fleet.traffic(ref)
    new = NewSet(policies.short_digest, policies.max_impact)
    paused = (pause_of(cluster, states) for cluster in sorted(asking))
    held = (withheld(cluster, new, traffic, states) for cluster in sorted(asking))
    switch = await observe_kill_switch(world.kill_switch, world.clock)
    reason = next((one for one in (switch.stops, *paused, *held) if one is not None), None)
    return yes if reason is None else replace(yes, given=False, otherwise=reason)
