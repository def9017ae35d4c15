"""What was seen of one cluster, and of the others beside it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.refs import ClusterRef
from controller.core.state.impact import UNREAD, States
from controller.core.state.model import ClusterState, Unknown


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster, and what it and every other cluster with services remembers.

    The others count because a policy set comes in force for all of them, or for none.
    """

    ref: ClusterRef
    states: States

    @property
    def state(self) -> ClusterState | Unknown:
        """What this cluster remembers."""
        return self.states.get(self.ref, UNREAD)
