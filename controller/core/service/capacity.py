"""Capacity: on which launch types the tasks of a service may be placed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from controller.core.document.json import Document, items, members, text

BUILT_IN: Final[Mapping[str, str]] = MappingProxyType(
    {"FARGATE": "FARGATE", "FARGATE_SPOT": "FARGATE"}
)
"""The launch types of the capacity providers that every account has [fact 1.21]."""


def providers(service: Document) -> frozenset[str]:
    """Return the capacity providers on which tasks of a described service may be placed.

    One of weight 0 and no base gets no tasks [CapacityProviderStrategyItem, API model].
    """
    return frozenset(
        provider for place in _places(service) for provider in _weighty(place) if provider
    )


def launch_types(service: Document, known: Mapping[str, str]) -> frozenset[str] | None:
    """Return the launch types on which tasks of a described service may be placed, or None.

    *known* are launch types by capacity provider, besides those that every account has. A service
    shows either its launch type or its strategy, the cluster's default one where it was created
    with neither [Service and CreateService, API model]. None is not known: a provider that is not
    among *known*, or a service that shows neither.
    """
    found = {text(place.get("launchType")) for place in _places(service)} - {None}
    found |= {{**known, **BUILT_IN}.get(name) for name in providers(service)}
    whole = frozenset(one for one in found if one is not None)
    return whole if whole and None not in found else None


def _places(service: Document) -> Iterator[Document]:
    """Yield what states capacity: the service, or its task sets where it does not [fact 4.13]."""
    sets = [members(one) for one in items(service.get("taskSets"))]
    stating = ("launchType", "capacityProviderStrategy")
    yield from [service] if any(service.get(member) for member in stating) else sets


def _weighty(place: Document) -> list[str | None]:
    strategy = [members(one) for one in items(place.get("capacityProviderStrategy"))]
    used = [one for one in strategy if one.get("weight") or one.get("base")]
    return [text(one.get("capacityProvider")) for one in used or strategy]
