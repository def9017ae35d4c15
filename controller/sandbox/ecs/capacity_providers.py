"""Capacity providers: the two that are built in, and those of Auto Scaling groups and instances."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import BUILT_IN, cluster_named
from controller.sandbox.ecs.tags import checked
from controller.sandbox.paging import page
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, Refusal, invalid

DESCRIBED_AT_ONCE = 100  # [DescribeCapacityProviders, API model]
SHOWN_AT_ONCE = 10  # [DescribeCapacityProviders, API model]
# By the member of CreateCapacityProvider that makes one of the type [fact 1.21].
_TYPES = {
    "autoScalingGroupProvider": "EC2_AUTOSCALING",
    "managedInstancesProvider": "MANAGED_INSTANCES",
}
_RESERVED = ("aws", "ecs", "fargate")


def create_capacity_provider(call: Call) -> Json:
    """Of one kind or the other; managed instances are bound to a cluster [CreateCapacityProvider].

    It is ACTIVE at once; that of AWS may be PROVISIONING first.
    """
    name = call.need("name")
    _refuse(call, name)
    (member,) = (one for one in _TYPES if one in call.body)
    arn = call.region.arn(f"capacity-provider/{name}")
    provider = {
        "capacityProviderArn": arn,
        "name": name,
        "status": "ACTIVE",
        "type": _TYPES[member],
        member: call.body[member],
    }
    if "cluster" in call.body:
        cluster = cluster_named(call.region, call.body["cluster"])
        provider["cluster"] = cluster["clusterName"]
        cluster["capacityProviders"] = [*cluster["capacityProviders"], name]
    call.region.tags[arn] = checked(call.get("tags"))
    call.region.capacity_providers[name] = provider
    return {"capacityProvider": {**provider, "tags": list(call.region.tags[arn])}}


def describe_capacity_providers(call: Call) -> Json:
    """Those of the cluster that is named, and without one no managed instances [API model].

    moto says of FARGATE and FARGATE_SPOT that they are MISSING [simulated-aws 3.1]. UNVERIFIED:
    that one of another cluster is MISSING too.
    """
    named = [name.rsplit("/", 1)[-1] for name in call.get("capacityProviders") or []]
    if len(named) > DESCRIBED_AT_ONCE:
        raise invalid(f"Capacity providers can have at most {DESCRIBED_AT_ONCE} items.")
    shown = _shown(call)
    found = [shown[name] for name in named or shown if name in shown]
    failures = [
        {"arn": call.region.arn(f"capacity-provider/{name}"), "reason": "MISSING"}
        for name in named
        if name not in shown
    ]
    answer = page(
        call, found, member="capacityProviders", default=SHOWN_AT_ONCE, maximum=SHOWN_AT_ONCE
    )
    return {**answer, "failures": failures}


def _shown(call: Call) -> dict[str, Json]:
    region = call.region
    known = {name: _built_in(region, name) for name in BUILT_IN} | region.capacity_providers
    if call.get("cluster"):
        associated = cluster_named(region, call.body["cluster"])["capacityProviders"]
        known = {name: one for name, one in known.items() if name in associated}
    else:
        known = {name: one for name, one in known.items() if "cluster" not in one}
    tagged = "TAGS" in call.get("include", [])
    return {
        name: {**one, "tags": list(region.tags.get(one["capacityProviderArn"], []))}
        if tagged
        else one
        for name, one in known.items()
    }


def _built_in(region: Region, name: str) -> Json:
    arn = region.arn(f"capacity-provider/{name}")
    return {"capacityProviderArn": arn, "name": name, "status": "ACTIVE", "type": name}


def _refuse(call: Call, name: str) -> None:
    """Wordings UNVERIFIED."""
    if name.lower().startswith(_RESERVED):
        raise invalid("The capacity provider name cannot begin with aws, ecs or fargate.")
    if name in call.region.capacity_providers:
        message = f"A capacity provider named {name} already exists."
        raise Refusal("UpdateInProgressException", message)
    if sum(member in call.body for member in _TYPES) != 1:
        raise invalid("Specify an Auto Scaling group provider or a managed instances provider.")
    if ("managedInstancesProvider" in call.body) != ("cluster" in call.body):
        raise invalid("Managed instances capacity providers need a cluster, others take none.")
