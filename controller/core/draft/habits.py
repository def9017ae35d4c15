"""How the services of an inventory log today, as far as a policy could say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, get_args

from controller.core.document.json import text
from controller.core.draft.templates import templates
from controller.core.inventory_file.model import InventoryFile, Key, Known
from controller.core.inventory_file.questions import DEFAULT_DELIVERY_MODE, LOG_GROUP
from controller.core.log_group.observed import LogGroup
from controller.core.policy.destination import DeliveryMode, LogDriver
from controller.core.policy.naming import LOG_GROUP as GROUP_NAME
from controller.core.policy.naming import LOG_STREAM, Naming
from controller.core.policy.naming import REGION as REGION_NAME
from controller.core.refs import ServiceRef
from controller.core.service.awslogs import (
    AWSFIRELENS,
    AWSLOGS,
    GROUP,
    MAX_BUFFER_SIZE,
    MODE,
    NON_BLOCKING,
    REGION,
    STREAM_PREFIX,
)
from controller.core.service.governed import logs_by
from controller.core.service.in_use import groups_in_use
from controller.core.service.revision import Revision
from controller.core.service.task_definition import Container, TaskDefinition

V = TypeVar("V")

_SIZE: Final = re.compile(r"[1-9][0-9]{0,8}[kmg]")
_MODES: Final = get_args(DeliveryMode)
_DRIVERS: Final = get_args(LogDriver)


@dataclass(frozen=True, slots=True, order=True)
class Shape:
    """A way to log other than by awslogs; `output` is that of FireLens, None any."""

    driver: str
    output: str | None = None
    secret_options: tuple[str, ...] = ()

    def covers(self, other: Shape) -> bool:
        """Tell whether whoever accepts this shape accepts the other."""
        return (
            self.driver == other.driver
            and self.output in {None, other.output}
            and set(self.secret_options) <= set(other.secret_options)
        )


@dataclass(frozen=True, slots=True)
class Habits:
    """How one service logs: what a policy may say so that nothing of it were otherwise.

    `groups` to `buffers` hold all values that its containers by awslogs have in common, and are
    empty where they have none; `by_awslogs` False: there is no such container. `retentions` are
    those of its log groups that exist, in days and by ARN; None is for ever.
    """

    ref: ServiceRef
    by_awslogs: bool
    groups: frozenset[str]
    stream_prefixes: frozenset[str]
    regions: frozenset[str]
    modes: frozenset[str]
    buffers: frozenset[str | None]
    shapes: frozenset[Shape]
    retentions: Mapping[str, int | None]


def habits(inventory: InventoryFile) -> Iterator[Habits]:
    """Yield the habits of each service whose task definition is in *inventory*, by their ARNs."""
    for ref, service in inventory.services:
        revision = inventory.revision(ref.region, service.task_definition)
        if revision is not None and service.status != "INACTIVE":
            yield _habits(ref, revision, inventory)


def _habits(ref: ServiceRef, revision: Revision, inventory: InventoryFile) -> Habits:
    containers = TaskDefinition(revision.document).containers
    by_awslogs = [one for one in containers if logs_by(one, AWSLOGS)]
    known = {"account": ref.account, "region": ref.region, "cluster": ref.cluster}
    names = {**known, "service": ref.name, "family": revision.family}

    def named(option: str, naming: Naming) -> frozenset[str]:
        sets = (
            templates(text(one.options.get(option)) or "", {**names, "container": one.name}, naming)
            for one in by_awslogs
        )
        return _common(sets)

    default = _default_mode(ref.region, inventory)
    return Habits(
        ref=ref,
        by_awslogs=bool(by_awslogs),
        groups=named(GROUP, GROUP_NAME),
        stream_prefixes=named(STREAM_PREFIX, LOG_STREAM),
        regions=_common(_regions(one, ref) for one in by_awslogs),
        modes=_common(_mode(one, default) for one in by_awslogs),
        buffers=_common(frozenset({_buffer(one)}) for one in by_awslogs),
        shapes=frozenset(_shapes(containers)),
        retentions=_retentions(ref, revision, inventory),
    )


def _common(sets: Iterable[frozenset[V]]) -> frozenset[V]:
    """Return what is in all sets; nothing where there is none."""
    several = [*sets]
    return several[0].intersection(*several[1:]) if several else frozenset()


def _regions(container: Container, ref: ServiceRef) -> frozenset[str]:
    written = text(container.options.get(REGION))
    return templates(written or "", {"region": ref.region}, REGION_NAME)


def _mode(container: Container, default: str) -> frozenset[str]:
    written = container.options.get(MODE, default)
    return frozenset({written} if isinstance(written, str) and written in _MODES else ())


def _buffer(container: Container) -> str | None:
    written = text(container.options.get(MAX_BUFFER_SIZE))
    return written if written is not None and _SIZE.fullmatch(written) else None


def _shapes(containers: tuple[Container, ...]) -> Iterator[Shape]:
    for one in containers:
        driver = text(one.driver)
        if driver is None or driver == AWSLOGS or driver not in _DRIVERS:
            continue
        outputs = (text(one.options.get(key)) for key in ("Name", "@type"))
        output = next((name for name in outputs if name), None)
        secrets = sorted(name for name in one.secret_options if isinstance(name, str))
        yield Shape(driver, output if driver == AWSFIRELENS else None, tuple(secrets))


def _default_mode(region: str, inventory: InventoryFile) -> str:
    answer = inventory.answers.get(Key(region, DEFAULT_DELIVERY_MODE.name, ""))
    found = answer.answer if isinstance(answer, Known) else None
    return found if isinstance(found, str) else NON_BLOCKING


def _retentions(
    ref: ServiceRef, revision: Revision, inventory: InventoryFile
) -> dict[str, int | None]:
    answers = (
        inventory.answers.get(Key(group.region, LOG_GROUP.name, group.arn))
        for group in groups_in_use(ref, revision)
    )
    groups = (one.answer for one in answers if isinstance(one, Known))
    return {
        group.ref.arn: group.retention_in_days
        for group in groups
        if isinstance(group, LogGroup) and group.exists
    }
