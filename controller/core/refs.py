"""Refs: what the controller looks after, named so that anyone can find it in AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class ClusterRef:
    """An ECS cluster. `name` is the short name."""

    account: str
    region: str
    partition: str
    name: str

    @property
    def arn(self) -> str:
        """The ARN of the cluster."""
        return f"arn:{self.partition}:ecs:{self.region}:{self.account}:cluster/{self.name}"

    def __str__(self) -> str:
        return f"cluster/{self.name}"


@dataclass(frozen=True, slots=True, order=True)
class ServiceRef:
    """An ECS service. `cluster` and `name` are short names."""

    account: str
    region: str
    partition: str
    cluster: str
    name: str

    @property
    def arn(self) -> str:
        """The ARN of the service, in the long format."""
        where = f"{self.partition}:ecs:{self.region}:{self.account}"
        return f"arn:{where}:service/{self.cluster}/{self.name}"

    @property
    def cluster_ref(self) -> ClusterRef:
        """The cluster that the service is in."""
        return ClusterRef(self.account, self.region, self.partition, self.cluster)

    @property
    def cluster_arn(self) -> str:
        """The ARN of the cluster."""
        return self.cluster_ref.arn

    def __str__(self) -> str:
        return f"service/{self.cluster}/{self.name}"


@dataclass(frozen=True, slots=True, order=True)
class LogGroupRef:
    """A log group of CloudWatch Logs, which may not exist yet."""

    account: str
    region: str
    partition: str
    name: str

    @property
    def arn(self) -> str:
        """The ARN of the log group, without the `:*` of its streams [fact 6.8]."""
        return f"arn:{self.partition}:logs:{self.region}:{self.account}:log-group:{self.name}"

    def __str__(self) -> str:
        return f"log-group/{self.name}"


Ref: TypeAlias = ServiceRef | LogGroupRef | ClusterRef


def ref_of(arn: str) -> Ref | None:
    """Return the ref that *arn* is the ARN of, or None where it is that of nothing we look after.

    The reverse of each ref's `arn`: an ARN in the short format, without its cluster, is none.
    """
    named = arn.split(":", 6) if ":log-group:" in arn else re.split("[:/]", arn)
    match named:
        case ["arn", partition, "logs", region, account, "log-group", name]:
            return LogGroupRef(account, region, partition, name)
        case ["arn", partition, "ecs", region, account, "service", cluster, name]:
            return ServiceRef(account, region, partition, cluster, name)
        case ["arn", partition, "ecs", region, account, "cluster", name]:
            return ClusterRef(account, region, partition, name)
        case _:
            return None
