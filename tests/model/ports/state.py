"""The ports StateReader and StateWriter before the in-memory AWS: the tags of its one cluster."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.conflicts import Conflict, conflict_tag, conflict_value
from controller.core.state.model import (
    POLICY_DIGEST,
    UNKNOWN_MEMBER,
    ClusterState,
    Unknown,
    in_force,
    state_of,
    unknown_member,
)
from tests.model.aws.account import Account
from tests.model.ports.line import Line
from tests.model.witness import Witness


@dataclass(frozen=True, slots=True)
class ModelStateReader:
    """Reads what the cluster of *account* remembers."""

    account: Account
    line: Line

    async def cluster_state(self, ref: ClusterRef) -> ClusterState | Unknown:
        def described() -> ClusterState | Unknown:
            return state_of(self.account.cluster_tags)

        return await self.line.call("DescribeClusters", ref.arn, described)


@dataclass(frozen=True, slots=True)
class ModelStateWriter:
    """Writes what the controller remembers on the cluster of *account*."""

    account: Account
    line: Line
    witness: Witness

    async def remember_policy(self, ref: ClusterRef, digest: str, governed: int) -> None:
        def tags() -> None:
            self.account.cluster_tags[POLICY_DIGEST] = in_force(digest, governed)
            self.witness.wrote("TagResource", ref.arn)

        await self.line.call("TagResource", ref.arn, tags)

    async def remember_unknown_member(self, ref: ClusterRef, revision: str) -> None:
        def tags() -> None:
            self.account.cluster_tags[UNKNOWN_MEMBER] = unknown_member(revision)
            self.witness.wrote("TagResource", ref.arn)

        await self.line.call("TagResource", ref.arn, tags)

    async def remember_conflict(
        self, ref: ClusterRef, service: ServiceRef, conflict: Conflict
    ) -> None:
        def tags() -> None:
            self.account.cluster_tags[conflict_tag(service.arn)] = conflict_value(conflict)
            self.witness.wrote("TagResource", ref.arn)

        await self.line.call("TagResource", ref.arn, tags)
