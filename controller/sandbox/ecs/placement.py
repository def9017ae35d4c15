"""Where a new task goes: its launch type, its capacity provider, its container instance."""

from __future__ import annotations

from collections import Counter

from controller.sandbox.state import Region, Service
from controller.sandbox.wire import Json


def placed(region: Region, service: Service, launch: Json) -> Json:
    """The members of a task that say where it runs, as DescribeTasks names them.

    On planted instances the one with the fewest tasks of the service is taken: a daemon so has one
    on each [fact 4.14]. UNVERIFIED: that tasks of an Auto Scaling group's provider say EC2.
    """
    where: Json = {}
    if strategy := launch.get("capacityProviderStrategy"):
        where["capacityProviderName"] = provider = _provider(service, strategy)
        where["launchType"] = _launch_type(region, provider)
    else:
        where["launchType"] = launch.get("launchType", "EC2")
    if where["launchType"] == "FARGATE":
        where["platformVersion"] = launch.get("platformVersion", "1.4.0")
        where["platformFamily"] = "Linux"
    elif instance := _instance(region, service):
        where["containerInstanceArn"] = instance
    return where


def goes_to_instances(region: Region, launch: Json) -> bool:
    """Whether tasks run on container instances that somebody registered, all or some of them."""
    if strategy := launch.get("capacityProviderStrategy"):
        kinds = {_launch_type(region, one["capacityProvider"]) for one in strategy}
        return "EC2" in kinds
    return bool(launch.get("launchType") == "EC2")


def _provider(service: Service, strategy: list[Json]) -> str:
    """Bases first, then by weight [CapacityProviderStrategyItem, API reference]."""
    taken = Counter(
        task.launch.get("capacityProviderName") for task in service.tasks if task.stopped is None
    )
    for item in strategy:
        if taken[item["capacityProvider"]] < item.get("base", 0):
            return str(item["capacityProvider"])
    weighted = [item for item in strategy if item.get("weight", 0)] or strategy

    def load(item: Json) -> float:
        beyond = taken[item["capacityProvider"]] - int(item.get("base", 0))
        return float((beyond + 1) / (item.get("weight", 0) or 1))

    return str(min(weighted, key=load)["capacityProvider"])


def _launch_type(region: Region, provider: str) -> str:
    if provider.startswith("FARGATE"):
        return "FARGATE"
    known = region.capacity_providers.get(provider, {})
    return "MANAGED_INSTANCES" if known.get("type") == "MANAGED_INSTANCES" else "EC2"


def _instance(region: Region, service: Service) -> str | None:
    arns = [
        str(one["containerInstanceArn"])
        for one in region.instances.get(service.cluster, [])
        if one["status"] == "ACTIVE"
    ]
    taken = Counter(
        task.launch.get("containerInstanceArn") for task in service.tasks if task.stopped is None
    )
    return min(arns, key=lambda arn: taken[arn]) if arns else None
