"""Names to things: how ECS reads a cluster, a service or a task definition that a call names."""

from __future__ import annotations

from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.state import Region, Service, TaskDefinition
from controller.sandbox.wire import Json, Refusal, client_error


def find_service(region: Region, cluster: Json, named: str) -> Service:
    """A service by name or ARN. Refuses with ServiceNotFoundException [fact 4.10]."""
    service = region.services.get((cluster["clusterName"], named.rsplit("/", 1)[-1]))
    if service is None:
        raise Refusal("ServiceNotFoundException", "Service not found.")
    return service


def service_of_call(region: Region, cluster: str | None, named: str) -> Service:
    """The service that ``cluster`` and ``service`` of a call name."""
    return find_service(region, cluster_named(region, cluster), named)


def find_task_definition(region: Region, named: str) -> TaskDefinition:
    """By ``family:revision`` or ARN; by bare family the latest ACTIVE one [facts 4.8, 4.21].

    Message as ECS writes it [getmoto's recorded answers: "Unable to describe task definition."].
    """
    family, _, number = named.rsplit("/", 1)[-1].partition(":")
    for revision in reversed(region.families.get(family, [])):
        if number == str(revision.document["revision"]):
            return revision
        if not number and revision.status == "ACTIVE":
            return revision
    raise client_error("Unable to describe task definition.")


def find_usable_task_definition(region: Region, named: str) -> TaskDefinition:
    """One that a service may be given. INACTIVE ones are refused [fact 4.21; simulated-aws 3.3]."""
    try:
        revision = find_task_definition(region, named)
    except Refusal:
        raise client_error("TaskDefinition not found.") from None
    if revision.status != "ACTIVE":
        raise client_error("TaskDefinition is inactive")
    return revision
