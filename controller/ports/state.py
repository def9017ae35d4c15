"""What clusters remember: the policy set in force, and what people have said.

All methods raise an `AwsError` of `controller.errors`. A missing member of an answer is a
RetryError: a cluster whose tags were cut off must not look like one that remembers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.conflicts import Conflict
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

    async def remember_unknown_member(self, ref: ClusterRef, revision: str) -> None:
        """Remember the revision, an ARN, that ECS did not keep as it was sent."""
        ...

    async def remember_conflict(
        self, ref: ClusterRef, service: ServiceRef, conflict: Conflict
    ) -> None:
        """Remember that others undo the corrections of a service of the cluster."""
        ...


class OperatorReader(Protocol):
    """Looks at what people have said, as it stands: what makes no sense can be mended, too."""

    async def cluster_tags(self, ref: ClusterRef) -> Mapping[str, str]:
        """Return the tags of the cluster: none where it is gone."""
        ...


class OperatorWriter(Protocol):
    """Takes down what a person says; nothing but a verb that the person typed has one.

    Which verb sets or clears which tag is the table of `controller.core.state.verbs`.
    """

    async def say(self, ref: ClusterRef | ServiceRef, tag: str, value: str) -> None:
        """Set one tag."""
        ...

    async def unsay(self, ref: ClusterRef | ServiceRef, tag: str) -> None:
        """Take one tag away."""
        ...
