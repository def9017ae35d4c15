"""For whom a template names a log group: two for whom it names one group meet there by accident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from controller.core.document.json import Document, text
from controller.core.policy.template import parts
from controller.core.service.awslogs import AWSLOGS, GROUP, REGION
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, logs_by
from controller.core.service.task_definition import Container, TaskDefinition

Named: TypeAlias = frozenset[tuple[str, ...]]

_SAME_FOR_ALL: Final = {"account", "region", "partition"}
_WITHIN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"cluster": ("region",), "service": ("region", "cluster"), "family": ("region",)}
)


def named_for(document: Document, context: ServiceContext) -> dict[tuple[str, str], Named]:
    """Return, by (Region, name), for whom the policy's templates name the groups in *document*.

    A group that no template gives (a container kept it, or it is accepted) is not there. Nor is
    one whose template is the same for all: what is named so is meant to be shared.
    """
    found: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for container, destination in governed(TaskDefinition(document), context):
        region, name = (text(container.options.get(option)) for option in (REGION, GROUP))
        template = destination.awslogs.group
        given = context.scope(container).render(template) == name
        if logs_by(container, AWSLOGS) and region and name and given:
            found[region, name].add(_whom(template, container, context))
    return {group: frozenset(whom - {()}) for group, whom in found.items() if whom != {()}}


def _whom(template: str, container: Container, context: ServiceContext) -> tuple[str, ...]:
    """Return what the names in *template* stand for, where that tells services apart.

    A cluster is that of its Region, and a service that of its cluster, whatever the template says
    of them: two services of one name are two services.
    """
    scope = context.scope(container)
    whom = []
    for placeholder in parts(template)[1]:
        name, value = placeholder.name, str(scope.render(str(placeholder)))
        if name in _WITHIN:
            around = (context.names.get(one) or "" for one in _WITHIN[name])
            whom.append(f"{name} {'/'.join((*around, value))}")
        elif name not in _SAME_FOR_ALL:
            whom.append(value)
    return tuple(whom)
