"""What the writer sends, member for member."""

from __future__ import annotations

import pytest

from controller.aws.ecs_writer import AwsEcsWriter
from controller.core.document.json import Document
from controller.core.document.unresolved import Unresolved
from controller.errors import ConflictError, DeniedError
from controller.sandbox import Sandbox
from tests.aws.opened import REGION, WEB, run_service, sandboxed, scripted
from tests.aws.scripted import Refused, Script
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_a_move_names_cluster_service_and_task_definition_and_nothing_else() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        arn = await run_service(session.api("ecs", REGION))
        await AwsEcsWriter(session.api("ecs", REGION)).set_task_definition(WEB, arn)

    (moved,) = sandbox.writes("UpdateService")
    assert moved.body == {"cluster": "prod", "service": "web", "taskDefinition": arn}


@in_virtual_time
async def test_a_registration_without_tags_sends_the_document_alone() -> None:
    script = Script()
    script.says("RegisterTaskDefinition", {"taskDefinition": {"taskDefinitionArn": "arn"}})
    document: Document = {
        "family": "web",
        "containerDefinitions": [{"name": "a", "cpu": 0}],
        "future": {},
    }
    async with scripted(script) as session:
        assert await AwsEcsWriter(session.api("ecs", REGION)).register(document, {}) == "arn"

    assert script.bodies("RegisterTaskDefinition") == [document]


@in_virtual_time
async def test_what_is_unresolved_is_never_sent() -> None:
    script = Script()
    document: Document = {
        "family": "web",
        "containerDefinitions": [],
        "cpu": Unresolved("an import"),
    }
    async with scripted(script) as session:
        with pytest.raises(TypeError, match="an import"):
            await AwsEcsWriter(session.api("ecs", REGION)).register(document, {})

    assert script.asked == []


@in_virtual_time
async def test_one_tag_is_put_on_a_revision() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        arn = await run_service(session.api("ecs", REGION))
        await AwsEcsWriter(session.api("ecs", REGION)).tag(arn, "ecs-logging/failed-0", "now")

    assert sandbox.tags(arn) == [{"key": "ecs-logging/failed-0", "value": "now"}]


@in_virtual_time
async def test_a_deregistered_revision_is_inactive() -> None:
    sandbox = Sandbox()
    async with sandboxed(sandbox) as session:
        arn = await run_service(session.api("ecs", REGION))
        await AwsEcsWriter(session.api("ecs", REGION)).deregister(arn)

    assert sandbox.document(arn)["status"] == "INACTIVE"


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (Refused("AccessDeniedException"), DeniedError),
        (
            Refused(
                "ClientException",
                "Too many concurrent attempts to create a new revision of the specified family.",
            ),
            ConflictError,
        ),
    ],
)
def test_a_registration_that_was_refused_is_not_lost(
    refused: Refused, kind: type[Exception]
) -> None:
    @in_virtual_time
    async def test() -> None:
        script = Script()
        script.says("RegisterTaskDefinition", refused)
        document = {"family": "web", "containerDefinitions": []}
        async with scripted(script) as session:
            with pytest.raises(kind):
                await AwsEcsWriter(session.api("ecs", REGION)).register(document, {})

    test()
