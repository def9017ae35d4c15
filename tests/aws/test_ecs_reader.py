"""Clusters, services, revisions and the account's default, as the reader asks for them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from controller.core.service.observed import Service
from controller.core.service.revision import Revision
from controller.errors import DeniedError, RetryError, TerminalError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, WEB, ecs_reader, run_service, sandboxed, scripted
from tests.aws.scripted import Body, Refused, Script
from tests.virtual_time import VirtualClock, in_virtual_time

CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/"
SERVICE = "arn:aws:ecs:us-east-1:123456789012:service/"


def described(name: str) -> dict[str, Any]:
    """Return a service as an answer holds it, with what is required of one."""
    counts = {"desiredCount": 1, "runningCount": 1}
    return {"serviceName": name, "status": "ACTIVE", "deployments": [], **counts}


def describe(body: Body) -> dict[str, Any]:
    """Answer DescribeServices honestly."""
    return {"services": [described(name) for name in body["services"]], "failures": []}


@in_virtual_time
async def test_clusters_are_read_to_the_last_page() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        ecs = session.api("ecs", REGION)
        for number in range(230):
            await ecs.call("CreateCluster", {"clusterName": f"c{number:03}"})
        found = await ecs_reader(session).clusters()

    assert sorted(found) == [f"c{number:03}" for number in range(230)]
    asked = [request.body for request in sandbox.requests if request.operation == "ListClusters"]
    assert [body and body["maxResults"] for body in asked] == [100, 100, 100]


@in_virtual_time
async def test_services_are_refs_by_their_arns_whether_long_or_short() -> None:
    script = Script()
    china = "arn:aws-cn:ecs:cn-north-1:111122223333:service/prod/a"
    script.says(
        "ListServices",
        {"serviceArns": [f"{SERVICE}prod/web", f"{SERVICE}old"], "nextToken": "more"},
        {"serviceArns": [china]},
    )
    async with scripted(script) as session:
        found = await ecs_reader(session).services("prod")

    assert found == [
        WEB,
        replace(WEB, name="old"),
        replace(WEB, partition="aws-cn", region="cn-north-1", account="111122223333", name="a"),
    ]
    assert script.bodies("ListServices") == [
        {"cluster": "prod", "maxResults": 100},
        {"cluster": "prod", "maxResults": 100, "nextToken": "more"},
    ]


@in_virtual_time
async def test_an_answer_without_its_list_is_a_passing_fault_that_names_the_member() -> None:
    script = Script()
    script.says("ListServices", {})
    async with scripted(script) as session:
        with pytest.raises(RetryError, match="serviceArns"):
            await ecs_reader(session).services("prod")


@in_virtual_time
async def test_pages_that_lead_back_to_themselves_end_in_an_error() -> None:
    script = Script()
    script.says("ListServices", {"serviceArns": [], "nextToken": "again"})
    async with scripted(script) as session:
        with pytest.raises(RetryError, match="do not end"):
            await ecs_reader(session).services("prod")


@in_virtual_time
async def test_services_that_are_asked_for_at_once_are_described_ten_at_a_time() -> None:
    script = Script()
    script.replies("DescribeServices", describe)
    async with scripted(script) as session:
        reader = ecs_reader(session)
        refs = [replace(WEB, name=f"s{number}") for number in range(25)]
        other = replace(WEB, cluster="dev")
        found = await asyncio.gather(*map(reader.service, [*refs, other]))

    assert all(isinstance(service, Service) for service in found)
    assert [one.document["serviceName"] for one in found if one is not None] == [
        ref.name for ref in [*refs, other]
    ]
    asked = script.bodies("DescribeServices")
    assert sorted((body["cluster"], len(body["services"])) for body in asked) == [
        ("dev", 1),
        ("prod", 5),
        ("prod", 10),
        ("prod", 10),
    ]
    assert all(body["include"] == ["TAGS"] for body in asked)


@in_virtual_time
async def test_a_service_comes_with_its_tags_and_its_raw_document() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        tags = [{"key": "team", "value": "payments"}, {"key": "empty", "value": ""}]
        await run_service(session.api("ecs", REGION), tags=tags)
        sandbox.service(WEB.arn).settings["futureMember"] = {"a": [1]}
        service = await ecs_reader(session).service(WEB)

    assert service is not None
    assert service.tags == {"team": "payments", "empty": ""}
    assert service.document["futureMember"] == {"a": [1]}


@in_virtual_time
async def test_tags_that_may_not_be_read_are_not_known_and_the_service_is() -> None:
    def answer(body: Body) -> dict[str, Any] | Refused:
        secret = "web" in body["services"] and "include" in body
        return Refused("AccessDeniedException") if secret else describe(body)

    script = Script()
    script.replies("DescribeServices", answer)
    async with scripted(script) as session:
        reader = ecs_reader(session)
        web, other = await asyncio.gather(
            reader.service(WEB), reader.service(replace(WEB, name="other"))
        )

    assert web is not None
    assert other is not None
    assert (web.tags, other.tags) == (None, {})
    together, *alone = script.bodies("DescribeServices")
    assert together["services"] == ["web", "other"]
    asked = sorted((body["services"][0], "include" in body) for body in alone)
    assert asked == [("other", True), ("web", False), ("web", True)]


@in_virtual_time
async def test_a_service_that_is_missing_is_none() -> None:
    async with sandboxed(Sandbox()) as session:
        reader = ecs_reader(session)
        assert await reader.service(WEB) is None  # nor is there its cluster

        await run_service(session.api("ecs", REGION))
        found = await asyncio.gather(reader.service(WEB), reader.service(replace(WEB, name="no")))

    assert [one is not None for one in found] == [True, False]


@in_virtual_time
async def test_another_failure_than_missing_is_an_error_of_that_service_alone() -> None:
    script = Script()
    failure = {"arn": f"{SERVICE}prod/broken", "reason": "OTHER", "detail": "who knows"}
    script.says("DescribeServices", {"services": [described("web")], "failures": [failure]})
    async with scripted(script) as session:
        reader = ecs_reader(session)
        found, broken = await asyncio.gather(
            reader.service(WEB),
            reader.service(replace(WEB, name="broken")),
            return_exceptions=True,
        )

    assert isinstance(found, Service)
    assert isinstance(broken, TerminalError)
    assert str(broken).startswith("DescribeServices: OTHER: who knows")


@in_virtual_time
async def test_a_service_that_the_answer_passes_over_is_a_passing_fault() -> None:
    script = Script()
    script.says("DescribeServices", {"services": [], "failures": []})
    async with scripted(script) as session:
        with pytest.raises(RetryError, match="neither describes the service nor says"):
            await ecs_reader(session).service(WEB)


@in_virtual_time
async def test_one_service_that_is_forbidden_spoils_nothing_for_the_others() -> None:
    def answer(body: Body) -> dict[str, Any] | Refused:
        return Refused("AccessDeniedException") if "secret" in body["services"] else describe(body)

    script = Script()
    script.replies("DescribeServices", answer)
    async with scripted(script) as session:
        reader = ecs_reader(session)
        names = ["a", "secret", "b"]
        found = await asyncio.gather(
            *(reader.service(replace(WEB, name=name)) for name in names), return_exceptions=True
        )

    assert [type(one) for one in found] == [Service, DeniedError, Service]


@in_virtual_time
async def test_a_service_without_a_member_spoils_nothing_for_the_others() -> None:
    script = Script()
    cut = {key: value for key, value in described("cut").items() if key != "runningCount"}
    script.says("DescribeServices", {"services": [described("web"), cut], "failures": []})
    async with scripted(script) as session:
        reader = ecs_reader(session)
        found, broken = await asyncio.gather(
            reader.service(WEB), reader.service(replace(WEB, name="cut")), return_exceptions=True
        )

    assert isinstance(found, Service)
    assert isinstance(broken, RetryError)
    assert "runningCount" in str(broken)


@in_virtual_time
async def test_a_revision_is_its_document_as_received_and_its_tags() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        arn = await run_service(session.api("ecs", REGION))
        sandbox.document(arn)["futureMember"] = {"a": [1, None]}
        sandbox.tags(arn).append({"key": "aws:cloudformation:stack-name", "value": "s"})
        revision = await ecs_reader(session).revision(arn)

    tags = {"aws:cloudformation:stack-name": "s"}
    assert revision == Revision(arn=arn, document=sandbox.document(arn), tags=tags)
    asked = [one.body for one in sandbox.requests if one.operation == "DescribeTaskDefinition"]
    assert asked == [{"taskDefinition": arn, "include": ["TAGS"]}]


@in_virtual_time
async def test_a_revision_that_is_no_longer_described_is_none() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        await run_service(session.api("ecs", REGION))
        gone = await ecs_reader(session).revision("web:7")

    assert gone is None


@pytest.mark.parametrize("member", ["taskDefinition", "tags"])
def test_a_revision_without_a_member_is_a_passing_fault(member: str) -> None:
    @in_virtual_time
    async def read() -> None:
        document = {
            "taskDefinitionArn": "arn",
            "family": "web",
            "status": "ACTIVE",
            "containerDefinitions": [],
        }
        answer = {"taskDefinition": document, "tags": []}
        script = Script()
        script.says(
            "DescribeTaskDefinition",
            {key: value for key, value in answer.items() if key != member},
        )
        async with scripted(script) as session:
            with pytest.raises(RetryError, match=f" {member};"):
                await ecs_reader(session).revision("arn")

    read()


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ([], "non-blocking"),
        ([{"name": "defaultLogDriverMode", "value": "blocking"}], "blocking"),
    ],
)
def test_the_default_delivery_mode_is_the_accounts_or_that_of_ecs(
    settings: list[dict[str, str]], mode: str
) -> None:
    @in_virtual_time
    async def read() -> None:
        script = Script()
        script.says("ListAccountSettings", {"settings": settings})
        async with scripted(script) as session:
            assert await ecs_reader(session).default_delivery_mode() == mode
        assert script.bodies("ListAccountSettings") == [
            {"name": "defaultLogDriverMode", "effectiveSettings": True}
        ]

    read()


@in_virtual_time
async def test_the_default_delivery_mode_is_asked_for_again_when_it_is_no_longer_fresh() -> None:
    script = Script()
    setting = {"name": "defaultLogDriverMode", "value": "blocking"}
    script.says("ListAccountSettings", {"settings": []}, {"settings": [setting]})
    async with scripted(script) as session:
        reader = ecs_reader(session)
        many = await asyncio.gather(*(reader.default_delivery_mode() for _ in range(5)))
        await VirtualClock().sleep(301)
        later = await reader.default_delivery_mode()

    assert many == ["non-blocking"] * 5
    assert later == "blocking"
    assert len(script.asked) == 2
