"""Refs: what the controller looks after, named so that anyone can find it in AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


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
    def cluster_arn(self) -> str:
        """The ARN of the cluster."""
        return f"arn:{self.partition}:ecs:{self.region}:{self.account}:cluster/{self.cluster}"

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


Ref: TypeAlias = ServiceRef | LogGroupRef
