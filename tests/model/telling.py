"""What two AWSs tell, put so that it compares: names that AWS makes up are numbered as they appear.

What is left out stands in the lists here, each with its reason; all else must be the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Final

from controller.app.connection import Connection
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.core.service.deployment import PastDeployment
from controller.core.service.observed import Service
from controller.core.service.revision import Revision
from tests.fleet.given import ACCOUNT, REGION

OF_A_SERVICE: Final = (
    "taskDefinition",
    "schedulingStrategy",
    "launchType",
    "deploymentConfiguration",
)
"""The members of a described service on which a decision may rest; the rest is not played."""

NOT_OF_A_REVISION: Final = frozenset({"requiresAttributes", "compatibilities"})
"""Members that ECS works out of the others, and on which no decision rests."""

NOT_PLAYED: Final = frozenset(
    {"updated_at", "strategy", "stage", "hooks", "reason", "alarms", "triggered", "breaker"}
)
"""What the AWS in memory does not tell of a service deployment: it knows rolling ones alone."""

GROUP: Final = LogGroupRef(ACCOUNT, REGION, "aws", "/ecs/web")
CLUSTER: Final = ClusterRef(ACCOUNT, REGION, "aws", "prod")


class Told:
    """Tells values plainly; one and the same for a whole story."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def plain(self, value: Any) -> Any:  # of whatever type a port answers
        """Return a value of a port as one of tuples, mappings and strings."""
        if isinstance(value, Service):
            configured = {key: value.document.get(key) for key in OF_A_SERVICE}
            return {**self._members(value), "document": self.plain(configured)}
        if isinstance(value, Revision):
            kept = {k: one for k, one in value.document.items() if k not in NOT_OF_A_REVISION}
            return {**self._members(value), "document": self.plain(kept)}
        if isinstance(value, PastDeployment):
            told = self._members(value)
            was_read = value.failed and value.revision is not None
            told |= {"revision": value.task_definition if was_read else None}
            return {key: one for key, one in told.items() if key not in NOT_PLAYED}
        if is_dataclass(value) and not isinstance(value, type):
            return self._members(value)
        if isinstance(value, Mapping):
            return {self.plain(key): self.plain(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return tuple(self.plain(one) for one in value)
        if isinstance(value, datetime | float):
            seconds = value.timestamp() if isinstance(value, datetime) else value
            return math.floor(seconds + 0.001)
        return self._named(value) if isinstance(value, str) else value

    def _members(self, value: Any) -> dict[str, Any]:  # a dataclass
        return {one.name: self.plain(getattr(value, one.name)) for one in fields(value)}

    def _named(self, value: str) -> str:
        if "service-deployment/" not in value and not value.startswith("ecs-svc/"):
            return value
        kind = "service deployment" if "service-deployment/" in value else "deployment"
        return self._names.setdefault(value, f"{kind} {len(self._names)}")

    async def all_of(self, connection: Connection) -> Mapping[str, Any]:
        """Ask the readers for everything, and tell it."""
        ecs = connection.ecs[REGION]
        told: dict[str, Any] = {
            "clusters": self.plain(tuple(await ecs.clusters())),
            "mode": await ecs.default_delivery_mode(),
            "group": self.plain((await connection.logs.log_group(GROUP)).tags),
            "retention": (await connection.logs.log_group(GROUP)).retention_in_days,
            "exists": await connection.logs.exists(GROUP),
            "consumers": await connection.logs.consumers(GROUP),
            "cluster": self.plain(await connection.state.cluster_state(CLUSTER)),
            "key": await connection.kms.key_of("alias/nobody", REGION),
        }
        for ref in sorted(await ecs.services("prod")):
            told[f"{ref}"] = await self._service(connection, ref)
        return told

    async def _service(self, connection: Connection, ref: ServiceRef) -> Any:
        ecs = connection.ecs[REGION]
        service = await ecs.service(ref)
        assert service is not None
        assert service.task_definition is not None
        revision = await ecs.revision(service.task_definition)
        assert revision is not None
        parts = (
            service,
            revision,
            await ecs.family(revision.family, above=0),
            await ecs.family(revision.family, above=revision.number),
            await ecs.history(ref),
        )
        return [self.plain(one) for one in parts]


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Yield where two plain values differ, and what stands there."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}, key=str):
            yield from differences(one.get(key), other.get(key), f"{at}.{key}")
    elif isinstance(one, tuple | list) and isinstance(other, tuple | list):
        if len(one) != len(other):
            yield f"{at}: {len(one)} and {len(other)} of {one} and {other}"
        for place, (each, too) in enumerate(zip(one, other, strict=False)):
            yield from differences(each, too, f"{at}[{place}]")
    elif one != other:
        yield f"{at}: {one} and {other}"
