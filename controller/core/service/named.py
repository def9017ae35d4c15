"""Named: which of the services that were found a person means."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from controller.core.policy.suggest import nearest
from controller.core.refs import ServiceRef


def is_name_of_a_service(name: str) -> bool:
    """Tell whether *name* can be of a service only: `prod/web`, or an ARN."""
    return "/" in name or name.startswith("arn:")


def region_in(name: str) -> str | None:
    """Return the Region that the ARN of a service names, or None for any other name."""
    match name.split(":", 5):
        case ["arn", _, "ecs", region, _, resource] if region and resource.startswith("service/"):
            return region
        case _:
            return None


def meant_by(name: str, services: Iterable[ServiceRef]) -> tuple[ServiceRef, ...]:
    """Return the services called *name*, sorted.

    It may be `web`, `prod/web`, `service/prod/web` as reports write it, or an ARN of either format.
    """
    return tuple(sorted(one for one in services if name in _names(one)))


def cluster_in(name: str) -> str | None:
    """Return the cluster that *name* names, or None for one that leaves it open."""
    match name.rpartition(":")[2].split("/"):
        case ["service", cluster, _]:
            return cluster
        case [cluster, _] if not name.startswith("arn:"):
            return cluster
        case _:
            return None


def nearest_to(name: str, services: Collection[ServiceRef]) -> str | None:
    """Return the name of the service that was probably meant, or None if none looks like it."""
    said = name.rpartition(":")[2].removeprefix("service/")
    known = {f"{one.cluster}/{one.name}": one for one in services}
    if "/" in said:
        return nearest(said, known)
    found = nearest(said, [one.name for one in services])
    return next((short for short, one in sorted(known.items()) if one.name == found), None)


def _names(ref: ServiceRef) -> tuple[str, ...]:
    where = f"arn:{ref.partition}:ecs:{ref.region}:{ref.account}:service"
    return ref.name, f"{ref.cluster}/{ref.name}", str(ref), ref.arn, f"{where}/{ref.name}"
