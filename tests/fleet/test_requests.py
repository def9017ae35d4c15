"""What is asked for, and how: pages and batches as large as AWS allows, tags with everything."""

from __future__ import annotations

from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import Json, compliant


def bodies(aws: Aws, operation: str) -> list[Json]:
    """Return what the controller sent with an operation."""
    return [one.body or {} for one in aws.calls(operation)]


async def test_services_are_listed_a_hundred_at_a_time_to_the_last_page(
    aws: Aws, controller: Controller
) -> None:
    document = aws.registers(compliant("web"))
    for number in range(230):
        aws.runs(f"web-{number:03}", document)

    report = await controller.audits()

    listed = bodies(aws, "ListServices")
    assert [one["maxResults"] for one in listed] == [100, 100, 100]
    assert ["nextToken" in one for one in listed] == [False, True, True]
    services = [one for one in report.outcomes if str(one.ref).startswith("service/")]
    assert len(services) == 230


async def test_services_are_described_ten_at_a_time_with_their_tags(
    aws: Aws, controller: Controller
) -> None:
    document = aws.registers(compliant("web"))
    for number in range(45):
        aws.runs(f"web-{number:02}", document)

    await controller.audits()

    described = bodies(aws, "DescribeServices")
    assert all(one["include"] == ["TAGS"] for one in described)
    assert all(len(one["services"]) <= 10 for one in described)
    assert sum(len(one["services"]) for one in described) == 45
    assert len(described) < 9


async def test_task_definitions_are_described_with_their_tags(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")

    await controller.settles()

    described = bodies(aws, "DescribeTaskDefinition")
    assert described
    assert all(one["include"] == ["TAGS"] for one in described)
    assert all(one["taskDefinition"].startswith("arn:") for one in described)


async def test_lists_are_asked_for_in_full_pages(aws: Aws, controller: Controller) -> None:
    aws.runs("web")

    await controller.settles()

    for operation in ("ListClusters", "ListTaskDefinitions", "ListServiceDeployments"):
        assert {one["maxResults"] for one in bodies(aws, operation)} == {100}, operation
    assert {one["limit"] for one in bodies(aws, "DescribeLogGroups")} == {50}


async def test_only_the_clusters_that_are_named_are_looked_at(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    for cluster in ("prod", "prod-two"):
        aws.runs("web", cluster=cluster)
    controller.looks_at("prod-two")

    await controller.settles()

    assert {one.cluster for one in aws.calls() if one.cluster} == {"prod-two"}


async def test_the_default_delivery_mode_is_asked_for_once(
    aws: Aws, controller: Controller
) -> None:
    for number in range(12):
        aws.runs(f"web-{number:02}")

    await controller.audits()

    assert len(aws.calls("ListAccountSettings")) == 1
