"""ECS as the controller reads and writes it, in one account and Region.

All methods raise an `AwsError` of `controller.errors`. A missing member of an answer is a
RetryError, never an empty list: a truncated answer must not look like an empty fleet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from controller.core.document.json import Document
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History
from controller.core.service.observed import Family, Service
from controller.core.service.revision import Revision
from controller.core.service.tasks import Tasks


class EcsReader(Protocol):
    """Looks, and changes nothing."""

    async def clusters(self) -> Sequence[str]:
        """Return the short names of all clusters."""
        ...

    async def services(self, cluster: str) -> Sequence[ServiceRef]:
        """Return the services of the cluster with this short name."""
        ...

    async def service(self, ref: ServiceRef) -> Service | None:
        """Return the service with its tags, or None if there is no such service.

        Where only the tags may not be read, they are None.
        """
        ...

    async def revision(self, arn: str) -> Revision | None:
        """Return the revision with its tags, or None if it can no longer be described."""
        ...

    async def family(self, name: str, *, above: int) -> Family:
        """Return the newest revisions of the family: all ACTIVE ones after *above*, if it can.

        A few INACTIVE ones that are still described are among them [fact 4.21].
        """
        ...

    async def history(self, ref: ServiceRef) -> History:
        """Return the service deployments, newest first, with the revisions of those that failed."""
        ...

    async def tasks(self, ref: ServiceRef) -> Tasks:
        """Return the tasks of the service: those that run, and those that stopped of late.

        A stopped one is shown for about an hour [DescribeTasks, API reference].
        """
        ...

    async def launch_types(self, cluster: str, providers: Collection[str]) -> Mapping[str, str]:
        """Return the launch types of capacity providers of the cluster, by their names.

        One that is not there, or of whose kind nothing is known, is left out.
        """
        ...

    async def default_delivery_mode(self) -> str:
        """Return the delivery mode that ECS takes where a container states none [fact 2.9]."""
        ...


class EcsWriter(Protocol):
    """Changes what a move names, and nothing else."""

    async def register(self, document: Document, tags: Mapping[str, str]) -> str:
        """Register *document* as it is, member for member, and return the new revision's ARN.

        Raises LostError where the answer was lost: a second try would make a second revision
        [fact 4.4].
        """
        ...

    async def set_task_definition(self, ref: ServiceRef, arn: str) -> None:
        """Move the service; cluster, service and taskDefinition are all that it sends."""
        ...

    async def stop_deployment(self, arn: str) -> None:
        """Let ECS take the service back from the deployment with this ARN [fact 1.26].

        Raises ConflictError where that deployment can no longer be stopped.
        """
        ...

    async def tag(self, arn: str, key: str, value: str) -> None:
        """Put one tag on a revision."""
        ...

    async def deregister(self, arn: str) -> None:
        """Make the revision INACTIVE; what runs it goes on running [fact 4.21]."""
        ...
