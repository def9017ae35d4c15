"""Clusters, with what DescribeClusters shows only when it is asked for."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.paging import page
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, Refusal, invalid

DESCRIBED_AT_ONCE = 100  # [fact 5.5]
BUILT_IN = ("FARGATE", "FARGATE_SPOT")  # capacity providers of every account [fact 1.21]
_INCLUDED = {"TAGS": "tags", "SETTINGS": "settings", "CONFIGURATIONS": "configuration"}


def cluster_named(region: Region, named: str | None) -> Json:
    """An ACTIVE cluster by name or ARN, ``default`` where none is named [fact 4.10]."""
    cluster = region.clusters.get((named or "default").rsplit("/", 1)[-1])
    if cluster is None or cluster["status"] != "ACTIVE":
        raise Refusal("ClusterNotFoundException", "Cluster not found.")
    return cluster


def create_cluster(call: Call) -> Json:
    """A second call for the same name returns what is there; moto replaces it."""
    name = call.get("clusterName", "default")
    known = call.region.clusters.get(name)
    if known is None or known["status"] != "ACTIVE":
        arn = call.region.arn(f"cluster/{name}")
        known = call.region.clusters[name] = {
            "clusterArn": arn,
            "clusterName": name,
            "status": "ACTIVE",
            "settings": call.get("settings", [{"name": "containerInsights", "value": "disabled"}]),
            "capacityProviders": call.get("capacityProviders", []),
            "defaultCapacityProviderStrategy": call.get("defaultCapacityProviderStrategy", []),
        }
        for member in ("configuration", "serviceConnectDefaults"):
            if member in call.body:
                known[member] = call.body[member]
        call.region.tags[arn] = list(call.get("tags", []))
    return {"cluster": _answer(call.region, known, include=tuple(_INCLUDED))}


def list_clusters(call: Call) -> Json:
    """ARNs in pages; moto gives all at once."""
    arns = [
        cluster["clusterArn"]
        for cluster in call.region.clusters.values()
        if cluster["status"] == "ACTIVE"
    ]
    return page(call, arns, member="clusterArns")


def describe_clusters(call: Call) -> Json:
    """Tags, settings and configuration only when ``include`` names them [fact 1.10]."""
    named = call.get("clusters") or ["default"]
    if len(named) > DESCRIBED_AT_ONCE:
        raise invalid(f"Clusters can have at most {DESCRIBED_AT_ONCE} items.")
    found, failures = [], []
    for name in named:
        cluster = call.region.clusters.get(name.rsplit("/", 1)[-1])
        if cluster is None:
            arn = name if name.startswith("arn:") else call.region.arn(f"cluster/{name}")
            failures.append({"arn": arn, "reason": "MISSING"})
        else:
            found.append(_answer(call.region, cluster, include=tuple(call.get("include", []))))
    return {"clusters": found, "failures": failures}


def update_cluster(call: Call) -> Json:
    """Settings, configuration and Service Connect defaults: what is given replaces."""
    cluster = cluster_named(call.region, call.need("cluster"))
    for member in ("settings", "configuration", "serviceConnectDefaults"):
        if member in call.body:
            cluster[member] = call.body[member]
    return {"cluster": _answer(call.region, cluster, include=tuple(_INCLUDED))}


def put_cluster_capacity_providers(call: Call) -> Json:
    """Both lists replace what is there [PutClusterCapacityProviders, API model].

    Refusals' wordings UNVERIFIED.
    """
    cluster = cluster_named(call.region, call.need("cluster"))
    providers = call.need("capacityProviders")
    strategy = call.need("defaultCapacityProviderStrategy")
    for name in providers:
        if name not in call.region.capacity_providers and name not in BUILT_IN:
            raise invalid(f"The specified capacity provider '{name}' was not found.")
    for item in strategy:
        if item["capacityProvider"] not in providers:
            raise invalid("The default strategy names a provider that the cluster has not.")
    cluster["capacityProviders"] = list(providers)
    cluster["defaultCapacityProviderStrategy"] = list(strategy)
    return {"cluster": _answer(call.region, cluster, include=tuple(_INCLUDED))}


def delete_cluster(call: Call) -> Json:
    """Refused while services are in it [DeleteCluster, API reference]; moto lets it go."""
    cluster = cluster_named(call.region, call.need("cluster"))
    if _counts(call.region, cluster["clusterName"])["activeServicesCount"]:
        message = "The Cluster cannot be deleted while Services are active."
        raise Refusal("ClusterContainsServicesException", message)
    cluster["status"] = "INACTIVE"
    return {"cluster": _answer(call.region, cluster, include=())}


def _answer(region: Region, cluster: Json, *, include: tuple[str, ...]) -> Json:
    hidden = {member for field, member in _INCLUDED.items() if field not in include}
    shown = {member: value for member, value in cluster.items() if member not in hidden}
    tags = region.tags.get(cluster["clusterArn"], []) if "TAGS" in include else []
    settings = cluster["settings"] if "SETTINGS" in include else []
    return {
        **shown,
        **_counts(region, cluster["clusterName"]),
        "statistics": [],
        "tags": tags,
        "settings": settings,
    }


def _counts(region: Region, name: str) -> Json:
    services = [service for (cluster, _), service in region.services.items() if cluster == name]
    return {
        "registeredContainerInstancesCount": len(region.instances.get(name, [])),
        "runningTasksCount": sum(service.running for service in services),
        "pendingTasksCount": sum(service.pending for service in services),
        "activeServicesCount": sum(service.status == "ACTIVE" for service in services),
    }
