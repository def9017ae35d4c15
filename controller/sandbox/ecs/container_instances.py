"""Container instances of EC2 clusters: planted; what they offer decides where a task may run."""

from __future__ import annotations

from collections.abc import Iterable

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.log_options import DRIVERS
from controller.sandbox.ecs.placement import goes_to_instances
from controller.sandbox.paging import page
from controller.sandbox.state import Region, Service
from controller.sandbox.wire import Json, invalid

DESCRIBED_AT_ONCE = 100
_LOGGING = "logging-driver"


def plant_instances(
    region: Region, cluster: str, count: int, *, drivers: Iterable[str] = DRIVERS
) -> None:
    """Add instances whose agent has these log drivers registered [fact 2.17]."""
    offered = [f"com.amazonaws.ecs.capability.logging-driver.{driver}" for driver in drivers]
    for _ in range(count):
        arn = region.arn(f"container-instance/{cluster}/{next(region.numbers):032x}")
        region.instances.setdefault(cluster, []).append(
            {
                "containerInstanceArn": arn,
                "ec2InstanceId": f"i-{next(region.numbers):017x}"[-19:],
                "status": "ACTIVE",
                "agentConnected": True,
                "versionInfo": {"agentVersion": "1.105.1"},
                "attributes": [{"name": name} for name in offered],
            }
        )


def missing_attribute(region: Region, service: Service, document: Json) -> str | None:
    """A logging attribute that no instance offers, where tasks go to instances [fact 2.17].

    A cluster without planted instances has room for everything: its capacity is not simulated.
    Only logging attributes are compared, the others are always there.
    """
    instances = region.instances.get(service.cluster)
    if not instances or not goes_to_instances(region, service.deployments[0].revision.launch):
        return None
    wanted = {a["name"] for a in document["requiresAttributes"] if _LOGGING in a["name"]}
    gaps = [wanted - {a["name"] for a in instance["attributes"]} for instance in instances]
    least = min(gaps, key=len)
    return min(least) if least else None


def desired_by_daemon(region: Region, service: Service) -> int:
    """One task per ACTIVE instance [fact 4.14]."""
    instances = region.instances.get(service.cluster, [])
    return sum(instance["status"] == "ACTIVE" for instance in instances)


def list_container_instances(call: Call) -> Json:
    """ARNs of a cluster's instances, in pages."""
    cluster = cluster_named(call.region, call.get("cluster"))
    instances = call.region.instances.get(cluster["clusterName"], [])
    arns = [instance["containerInstanceArn"] for instance in instances]
    return page(call, arns, member="containerInstanceArns")


def describe_container_instances(call: Call) -> Json:
    """By ARN or id; unknown ones are failures."""
    named = call.need("containerInstances")
    if not 1 <= len(named) <= DESCRIBED_AT_ONCE:
        raise invalid(f"Container instances can have at most {DESCRIBED_AT_ONCE} items.")
    cluster = cluster_named(call.region, call.get("cluster"))
    instances = call.region.instances.get(cluster["clusterName"], [])
    by_id = {item["containerInstanceArn"].rsplit("/", 1)[-1]: item for item in instances}
    ids = [name.rsplit("/", 1)[-1] for name in named]
    return {
        "containerInstances": [by_id[wanted] for wanted in ids if wanted in by_id],
        "failures": [
            {"arn": name, "reason": "MISSING"}
            for name, wanted in zip(named, ids, strict=True)
            if wanted not in by_id
        ],
    }
