"""What clusters remember: the policy set in force, and what people have said.

All methods raise an `AwsError` of `controller.errors`. A missing member of an answer is a
RetryError: a cluster whose tags were cut off must not look like one that remembers nothing.
"""

from __future__ import annotations

from typing import Protocol

from controller.core.refs import ClusterRef
from controller.core.state.model import ClusterState, Unknown


class StateReader(Protocol):
    """Looks, and changes nothing."""

    async def cluster_state(self, ref: ClusterRef) -> ClusterState | Unknown:
        """Return what the cluster remembers: nothing where it is gone."""
        ...


class StateWriter(Protocol):
    """Remembers what the controller has done; it has no word in what people say."""

    async def remember_policy(self, ref: ClusterRef, digest: str, governed: int) -> None:
        """Remember the set in force, by its short digest, and how many services it governs."""
        ...


class OperatorWriter(Protocol):
    """Takes down what a person says; nothing but a verb that the person typed has one."""

    async def approve_policy(self, ref: ClusterRef, digest: str) -> None:
        """Remember that a set, by its short digest, may come in force whatever it changes."""
        ...
