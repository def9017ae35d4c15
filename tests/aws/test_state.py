"""What clusters remember: read with their tags, many at once; written one tag at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from controller.aws.operator_writer import AwsOperatorWriter
from controller.aws.session import AwsSession
from controller.aws.state_reader import AwsStateReader
from controller.aws.state_writer import AwsStateWriter
from controller.core.state.conflicts import Conflict, conflict_tag
from controller.core.state.model import ClusterState, Unknown
from controller.errors import DeniedError, RetryError, TerminalError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, WEB, sandboxed, scripted
from tests.aws.scripted import Body, Refused, Said, Script
from tests.virtual_time import in_virtual_time

PROD = WEB.cluster_ref
TWO = replace(PROD, name="prod-two")
DIGEST = "1a2b3c4d5e6f7a8b"


def reader(session: AwsSession) -> AwsStateReader:
    return AwsStateReader(partial(session.api, "ecs"))


def described(name: str, **members: Any) -> Body:
    return {"clusterName": name, "clusterArn": f"arn/{name}", "status": "ACTIVE", **members}


def answer(*clusters: Body, failures: tuple[Body, ...] = ()) -> Body:
    return {"clusters": list(clusters), "failures": list(failures)}


@in_virtual_time
async def test_what_is_written_is_read_back_and_nothing_else_is_touched() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        ecs = session.api("ecs", REGION)
        tags = [{"key": "team", "value": "shop"}]
        await ecs.call("CreateCluster", {"clusterName": "prod", "tags": tags})
        assert await reader(session).cluster_state(PROD) == ClusterState()

        await AwsStateWriter(partial(session.api, "ecs")).remember_policy(PROD, DIGEST, 12)
        person = AwsOperatorWriter(partial(session.api, "ecs"))
        await person.say(PROD, "ecs-logging/approved-policy", DIGEST)

        assert await reader(session).cluster_state(PROD) == ClusterState(DIGEST, 12, DIGEST)
        await person.unsay(PROD, "ecs-logging/approved-policy")
        assert await reader(session).cluster_state(PROD) == ClusterState(DIGEST, 12)
        assert await reader(session).cluster_tags(PROD) == {
            "team": "shop",
            "ecs-logging/policy-digest": f"{DIGEST} governed=12",
        }
    assert [one.body for one in sandbox.writes("TagResource")] == [
        {
            "resourceArn": PROD.arn,
            "tags": [{"key": "ecs-logging/policy-digest", "value": f"{DIGEST} governed=12"}],
        },
        {
            "resourceArn": PROD.arn,
            "tags": [{"key": "ecs-logging/approved-policy", "value": DIGEST}],
        },
    ]


@in_virtual_time
async def test_a_revision_that_ecs_did_not_keep_is_remembered_by_its_name() -> None:
    arn = f"arn:aws:ecs:{REGION}:123456789012:task-definition/web:7"
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        await session.api("ecs", REGION).call("CreateCluster", {"clusterName": "prod"})

        await AwsStateWriter(partial(session.api, "ecs")).remember_unknown_member(PROD, arn)

        assert await reader(session).cluster_state(PROD) == ClusterState(unknown_member="web:7")


@in_virtual_time
async def test_a_conflict_is_remembered_on_the_cluster_and_never_on_the_service() -> None:
    conflict = Conflict(datetime(2027, 3, 31, 9, 30, tzinfo=UTC), "ConflictingManager")
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        await session.api("ecs", REGION).call("CreateCluster", {"clusterName": "prod"})

        await AwsStateWriter(partial(session.api, "ecs")).remember_conflict(PROD, WEB, conflict)

        state = ClusterState(conflicts={conflict_tag(WEB.arn): conflict})
        assert await reader(session).cluster_state(PROD) == state
    assert [(one.body or {})["resourceArn"] for one in sandbox.writes("TagResource")] == [PROD.arn]


@in_virtual_time
async def test_clusters_that_are_asked_for_together_are_described_together_with_their_tags() -> (
    None
):
    script = Script()
    script.says(
        "DescribeClusters", answer(described("prod", tags=[]), described("prod-two", tags=[]))
    )
    async with scripted(script) as session:
        state = reader(session)
        await asyncio.gather(state.cluster_state(PROD), state.cluster_state(TWO))

    assert script.bodies("DescribeClusters") == [
        {"clusters": ["prod", "prod-two"], "include": ["TAGS"]}
    ]


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(answer(failures=({"arn": PROD.arn, "reason": "MISSING"},)), id="gone"),
        pytest.param(answer(described("prod") | {"status": "INACTIVE"}), id="deleted"),
    ],
)
def test_a_cluster_that_is_no_more_remembers_nothing(shown: Body) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("DescribeClusters", shown)
        async with scripted(script) as session:
            assert await reader(session).cluster_state(PROD) == ClusterState()

    test()


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        pytest.param({}, RetryError, id="an empty answer"),
        pytest.param(answer(), RetryError, id="the cluster is left out"),
        pytest.param(answer(described("prod")), RetryError, id="its tags are left out"),
        pytest.param(
            answer(failures=({"arn": PROD.arn, "reason": "BROKEN"},)), TerminalError, id="failed"
        ),
        pytest.param(Refused("AccessDeniedException"), DeniedError, id="denied"),
    ],
)
def test_what_was_not_shown_is_not_taken_for_nothing(shown: Said, kind: type[Exception]) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("DescribeClusters", shown)
        async with scripted(script) as session:
            with pytest.raises(kind):
                await reader(session).cluster_state(PROD)

    test()


@in_virtual_time
async def test_one_cluster_that_is_denied_hides_no_other() -> None:
    script = Script()
    script.replies(
        "DescribeClusters",
        lambda body: (
            Refused("AccessDeniedException")
            if "prod-two" in body["clusters"]
            else answer(described("prod", tags=[]))
        ),
    )
    async with scripted(script) as session:
        state = reader(session)
        one, two = await asyncio.gather(
            state.cluster_state(PROD), state.cluster_state(TWO), return_exceptions=True
        )

    assert one == ClusterState()
    assert isinstance(two, DeniedError)


@in_virtual_time
async def test_a_tag_that_somebody_else_wrote_is_unknown() -> None:
    script = Script()
    tag = {"key": "ecs-logging/policy-digest", "value": "mine"}
    script.says("DescribeClusters", answer(described("prod", tags=[tag])))
    async with scripted(script) as session:
        assert isinstance(await reader(session).cluster_state(PROD), Unknown)
