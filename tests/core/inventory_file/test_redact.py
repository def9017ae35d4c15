"""What of a fleet may leave the account in a file: what is listed, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given

from controller.core.document.json import Document, Json, items, members
from controller.core.document.unresolved import WITHHELD, Withheld
from controller.core.inventory_file.redact import redacted
from controller.core.log_group.observed import LogGroup
from controller.core.move import Wait
from controller.core.service.registration import body_size, content_digest, registrable
from controller.core.service.revision import DIGEST, MANAGED_BY, Revision
from tests.core.service.given import GROUP
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    IDENTITY,
    SERVICE,
    arn_of,
    ours,
    revision,
)
from tests.corpus import EVERY_TASK_DEFINITION
from tests.strategies.json_values import json_values
from tests.strategies.task_definitions import task_definitions

POISON = "must-never-leave"

# Written anew, from what decisions look at: not from the table of the code.
KEPT = re.compile(
    r"(family|status|revision|taskDefinitionArn|registeredAt|registeredBy|executionRoleArn"
    r"|networkMode|runtimePlatform\.(operatingSystemFamily|cpuArchitecture)"
    r"|(requiresCompatibilities|compatibilities)\.\d+"
    r"|trustedExecutionConfiguration\.isolationMode"
    r"|containerDefinitions\.\d+\.(name|image|essential|firelensConfiguration\.type"
    r"|(environment|secrets|logConfiguration\.secretOptions)\.\d+\.name"
    r"|logConfiguration\.(logDriver|options\.(awslogs-(group|region|stream-prefix|create-group"
    r"|datetime-format|multiline-pattern)|mode|max-buffer-size|Name|@type|max-file|max-size|tag"
    r"|log-driver-buffer-limit))))"
)


def poisoned(value: Json, way: str = "") -> Json:
    """Return *value* with poison in place of each single value that is not to be kept."""
    step = f"{way}." if way else ""
    if isinstance(value, dict):
        return {key: poisoned(child, f"{step}{key}") for key, child in value.items()}
    if isinstance(value, list):
        return [poisoned(child, f"{step}{at}") for at, child in enumerate(value)]
    return value if KEPT.fullmatch(way) else POISON


def leaves(value: Json) -> Iterator[Json]:
    """Yield the single values in a document."""
    children = [*members(value).values(), *items(value)]
    if not children:
        yield value
    for child in children:
        yield from leaves(child)


def left_of(document: Document) -> Document:
    """Return what is left of a task definition."""
    return redacted(Revision(arn_of(1), document, {})).document


@given(task_definitions())
def test_no_value_survives_that_is_not_listed(document: Document) -> None:
    left = left_of(members(poisoned(document)))

    assert POISON not in [one for one in leaves(left) if isinstance(one, str)]


@EVERY_TASK_DEFINITION
def test_no_value_of_a_real_task_definition_survives_that_is_not_listed(
    document: Document,
) -> None:
    left = left_of(members(poisoned(document)))

    assert POISON not in [one for one in leaves(left) if isinstance(one, str)]


@EVERY_TASK_DEFINITION
def test_how_the_containers_of_a_real_task_definition_log_is_left(document: Document) -> None:
    before, after = (
        [
            (
                members(one).get("name"),
                members(members(one).get("logConfiguration")).get("logDriver"),
            )
            for one in items(shown.get("containerDefinitions"))
        ]
        for shown in (document, left_of(document))
    )

    assert after == before


@given(json_values())
def test_a_member_of_tomorrow_is_withheld_unless_it_is_empty(value: Json) -> None:
    left = left_of({"memberOfTomorrow": value})["memberOfTomorrow"]

    assert isinstance(left, Withheld) or not left


def test_the_values_of_the_environment_and_of_secrets_are_withheld_and_their_names_kept() -> None:
    container: Document = {
        "name": "web",
        "command": ["--token", POISON],
        "environment": [{"name": "TOKEN", "value": POISON}],
        "secrets": [{"name": "KEY", "valueFrom": POISON}],
        "dockerLabels": {"com.example.key": POISON},
    }

    (left,) = items(left_of({"containerDefinitions": [container]})["containerDefinitions"])

    assert left == {
        "name": "web",
        "command": WITHHELD,
        "environment": [{"name": "TOKEN", "value": WITHHELD}],
        "secrets": [{"name": "KEY", "valueFrom": WITHHELD}],
        "dockerLabels": {"com.example.key": WITHHELD},
    }


def test_of_a_service_and_a_log_group_only_the_listed_members_are_kept() -> None:
    document: Document = {"taskDefinition": "arn", "events": [{"message": POISON}]}
    service = replace(SERVICE, document=document)
    group = LogGroup(GROUP, {"logGroupName": "/ecs/web", "storedBytes": 7}, {})

    assert redacted(service).document == {"taskDefinition": "arn", "events": WITHHELD}
    assert redacted(group).document == {"logGroupName": "/ecs/web", "storedBytes": WITHHELD}


# ── what decisions find in what is left ───────────────────────────────────────────────────────────


@given(task_definitions())
def test_a_revision_of_ours_is_still_recognised_as_ours(document: Document) -> None:
    revision_of_ours = ours(2, document)

    assert revision_of_ours.is_ours(IDENTITY)
    assert redacted(revision_of_ours).is_ours(IDENTITY)


@given(task_definitions())
def test_a_damaged_revision_of_ours_is_still_seen_to_be_damaged(document: Document) -> None:
    tags = {MANAGED_BY: IDENTITY.instance, DIGEST: content_digest({"family": "other"})}
    shown = {**ours(2, document).document, "family": "shop"}

    left = redacted(Revision(arn_of(2), shown, tags))

    assert left.is_damaged(IDENTITY)


@given(task_definitions())
def test_the_size_of_what_is_withheld_is_counted(document: Document) -> None:
    whole = revision(1, document)
    left = redacted(whole)

    assert body_size(left.document) + left.withheld == body_size(registrable(whole.document))


@given(task_definitions())
def test_what_is_redacted_stays_as_it_is_when_redacted_again(document: Document) -> None:
    left = redacted(ours(2, document))

    assert redacted(left) == left


def test_a_task_definition_is_too_large_with_what_was_withheld() -> None:
    scene = A_DRIFTED_SERVICE.but(revision=replace(BASE_REVISION, withheld=64 * 1024))

    step = scene.next.step

    assert isinstance(step, Wait)
    assert step.reason.code == "TooLarge"
