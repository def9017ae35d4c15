"""Reading services, and deleting them."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.find import find_service
from controller.sandbox.ecs.service_answer import service_answer
from controller.sandbox.paging import page
from controller.sandbox.wire import Json, invalid

DESCRIBED_AT_ONCE = 10  # [fact 5.5]
LISTED_BY_DEFAULT = 10  # [fact 5.5]


def describe_services(call: Call) -> Json:
    """1 to 10 names; INACTIVE services are shown, unknown ones are failures [fact 5.5].

    [simulated-aws 3.3: AWS says "service names can have at most 10 items."; moto takes any number.]
    """
    named = call.get("services") or []
    if not named:
        raise invalid("Services cannot be empty.")
    if len(named) > DESCRIBED_AT_ONCE:
        raise invalid(f"service names can have at most {DESCRIBED_AT_ONCE} items.")
    cluster = cluster_named(call.region, call.get("cluster"))
    tags = "TAGS" in call.get("include", [])
    found, failures = [], []
    for name in dict.fromkeys(named):
        service = call.region.services.get((cluster["clusterName"], name.rsplit("/", 1)[-1]))
        if service is None:
            tail = f"service/{cluster['clusterName']}/{name}"
            arn = name if name.startswith("arn:") else call.region.arn(tail)
            failures.append({"arn": arn, "reason": "MISSING"})
        else:
            found.append(service_answer(call.region, service, tags=tags))
    return {"services": found, "failures": failures}


def list_services(call: Call) -> Json:
    """10 at a time unless told otherwise; only ACTIVE ones [fact 5.5; DeleteService reference]."""
    cluster = cluster_named(call.region, call.get("cluster"))
    arns = [
        service.arn
        for (name, _), service in call.region.services.items()
        if name == cluster["clusterName"]
        and service.status == "ACTIVE"
        and call.get("launchType") in {None, service.settings.get("launchType")}
        and call.get("schedulingStrategy") in {None, service.settings["schedulingStrategy"]}
    ]
    return page(call, arns, member="serviceArns", default=LISTED_BY_DEFAULT)


def delete_service(call: Call) -> Json:
    """DRAINING, then INACTIVE; refused while scaled above 0, unless forced [DeleteService]."""
    cluster = cluster_named(call.region, call.get("cluster"))
    service = find_service(call.region, cluster, call.need("service"))
    daemon = service.settings["schedulingStrategy"] == "DAEMON"
    if service.desired and not daemon and not call.get("force"):
        raise invalid("The service cannot be stopped while it is scaled above 0.")
    service.status = "DRAINING" if service.running else "INACTIVE"
    service.desired = 0
    return {"service": service_answer(call.region, service)}
