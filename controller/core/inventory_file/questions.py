"""Every question that readers ask of AWS, and the type of its answer: one row for each method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from controller.core.log_group.observed import LogGroup
from controller.core.refs import ServiceRef
from controller.core.service.consumers import Consumer
from controller.core.service.deployment import History
from controller.core.service.observed import Family, Service
from controller.core.service.revision import Revision
from controller.core.service.tasks import Tasks
from controller.core.state.model import ClusterState, Unknown

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Question(Generic[A]):
    """The name of a reader's method, and the type of what it returns."""

    name: str
    type: object


CLUSTERS: Final[Question[tuple[str, ...]]] = Question("clusters", tuple[str, ...])
SERVICES: Final[Question[tuple[ServiceRef, ...]]] = Question("services", tuple[ServiceRef, ...])
SERVICE: Final[Question[Service | None]] = Question("service", Service | None)
REVISION: Final[Question[Revision | None]] = Question("revision", Revision | None)
FAMILY: Final[Question[Family]] = Question("family", Family)
HISTORY: Final[Question[History]] = Question("history", History)
TASKS: Final[Question[Tasks]] = Question("tasks", Tasks)
ALARMS: Final[Question[Mapping[str, str]]] = Question("alarms", Mapping[str, str])
LAUNCH_TYPES: Final[Question[Mapping[str, str]]] = Question("launchTypes", Mapping[str, str])
DEFAULT_DELIVERY_MODE: Final[Question[str]] = Question("defaultDeliveryMode", str)
LOG_GROUP: Final[Question[LogGroup]] = Question("logGroup", LogGroup)
EXISTS: Final[Question[bool]] = Question("exists", bool)
CONSUMERS: Final[Question[frozenset[Consumer]]] = Question("consumers", frozenset[Consumer])
KEY_OF: Final[Question[str | None]] = Question("keyOf", str | None)
CLUSTER_STATE: Final[Question[ClusterState | Unknown]] = Question(
    "clusterState", ClusterState | Unknown
)

QUESTIONS: Final[tuple[Question[Any], ...]] = (
    CLUSTERS,
    SERVICES,
    SERVICE,
    REVISION,
    FAMILY,
    HISTORY,
    TASKS,
    ALARMS,
    LAUNCH_TYPES,
    DEFAULT_DELIVERY_MODE,
    LOG_GROUP,
    EXISTS,
    CONSUMERS,
    KEY_OF,
    CLUSTER_STATE,
)
