from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from controller.core.check import CheckContext, Checked, check
from controller.core.document.json import Document, Json
from controller.core.document.unresolved import Span
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.severity import Severity
from controller.core.reason import Sync
from tests.core.service.given import policy

NOW = datetime(2027, 1, 15, tzinfo=UTC)
DEPLOYED = CheckContext(
    account="111122223333",
    region="eu-central-1",
    partition="aws",
    cluster="prod",
    service="web",
    default_mode="non-blocking",
)
LOGGING: Document = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": "/ecs/web",
        "awslogs-region": "eu-central-1",
        "awslogs-stream-prefix": "web",
    },
}


def task_definition(**members: Json) -> Document:
    """Return a task definition of one container, with members of it."""
    container: Document = {"name": "web", "image": "shop/web:1", **members}
    return {"family": "shop", "containerDefinitions": [container]}


def checked(document: Document, context: CheckContext = DEPLOYED, **changes: object) -> Checked:
    """Check a task definition by a policy with changes."""
    policies = PolicySet.of([policy(**changes)])
    return check(document, context, policies, lambda path: Span(path, 1, 1), now=NOW)


def blocked(one: Checked) -> list[tuple[str, str | None]]:
    """Return the rule of each finding, and what blocks it."""
    return [(found.finding.rule, found.finding.blocked) for found in one.findings]


def test_a_task_definition_that_logs_as_the_policy_says_is_compliant() -> None:
    one = checked(task_definition(logConfiguration=LOGGING))

    assert (one.sync, one.findings, one.incomplete) == (Sync.COMPLIANT, (), False)


def test_one_that_does_not_is_drifted_and_each_finding_has_its_place() -> None:
    one = checked(task_definition())

    (found,) = one.findings
    assert one.sync is Sync.DRIFTED
    assert found.span.file == found.finding.path


def test_a_violation_counts_from_its_severity_up() -> None:
    one = checked(task_definition())

    assert one.violates(Severity.HIGH)
    assert not one.violates(Severity.CRITICAL)


def test_what_governs_is_not_guessed() -> None:
    one = checked(task_definition(), CheckContext(), match=({"clusters": ("prod-*",)},))

    assert (one.sync, one.incomplete) == (Sync.UNDECIDED, True)
    assert one.reason is not None
    assert "the cluster" in one.reason.message


@pytest.mark.parametrize(
    ("match", "stated"),
    [
        ({"launch_types": ("FARGATE",)}, {"launch_types": frozenset({"FARGATE"})}),
        ({"scheduling_strategies": ("DAEMON",)}, {"scheduling_strategy": "DAEMON"}),
        ({"deployment_controllers": ("ECS",)}, {"deployment_controller": "ECS"}),
        ({"platforms": ("LINUX",)}, {"platform": "LINUX"}),
        ({"tags": {"match_labels": {"team": "payments"}}}, {"tags": {"team": "payments"}}),
    ],
)
def test_what_a_policy_selects_by_is_stated_and_never_guessed(
    match: dict[str, object], stated: dict[str, Any]
) -> None:
    document = task_definition(logConfiguration=LOGGING)

    known = checked(document, replace(DEPLOYED, **stated), match=(match,))
    unknown = checked(document, DEPLOYED, match=(match,))

    assert known.policy is not None
    assert unknown.sync is Sync.UNDECIDED


def test_what_a_task_definition_requires_does_not_tell_where_its_service_runs() -> None:
    document = {**task_definition(), "requiresCompatibilities": ["FARGATE"]}

    assert checked(document, match=({"launch_types": ("FARGATE",)},)).sync is Sync.UNDECIDED
    assert checked(document, match=({"platforms": ("LINUX",)},)).sync is Sync.UNDECIDED


def test_a_task_definition_knows_its_platform_and_its_family() -> None:
    windows: Document = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
    document = {**task_definition(logConfiguration=LOGGING), "runtimePlatform": windows}

    one = checked(document, match=({"platforms": ("WINDOWS_*",), "families": ("shop",)},))

    assert one.sync is Sync.COMPLIANT


def test_tags_that_are_stated_are_those_that_templates_use() -> None:
    logs = {"awslogs": {"group": "/ecs/{tag:team}", "stream_prefix": "web"}}
    document = task_definition(logConfiguration={"logDriver": "json-file"})

    one = checked(document, replace(DEPLOYED, tags={"team": "payments"}), destinations=(logs,))
    unknown = checked(document, destinations=(logs,))

    assert blocked(one) == [("log-driver", None)]
    assert blocked(unknown) == [("log-driver", "Undecided")]


def test_a_name_that_a_template_needs_is_not_guessed() -> None:
    context = CheckContext(cluster="prod", region="eu-central-1", default_mode="non-blocking")

    one = checked(task_definition(), context)

    assert (blocked(one), one.incomplete) == ([("log-driver", "Undecided")], True)


def test_the_default_mode_of_the_account_is_not_guessed() -> None:
    context = CheckContext(cluster="prod", service="web", region="eu-central-1")

    one = checked(task_definition(logConfiguration=LOGGING), context)

    assert (blocked(one), one.incomplete) == ([("delivery-mode", "Unknown")], True)


def test_a_described_task_definition_knows_its_account_and_region() -> None:
    arn = "arn:aws-cn:ecs:cn-north-1:444455556666:task-definition/shop:7"

    one = checked({**task_definition(), "taskDefinitionArn": arn}, CheckContext(service="web"))

    context = one.context
    assert (context.partition, context.region, context.account, context.family) == (
        "aws-cn",
        "cn-north-1",
        "444455556666",
        "shop",
    )


def test_what_a_person_states_goes_before_what_the_document_says() -> None:
    arn = "arn:aws:ecs:us-east-1:444455556666:task-definition/shop:7"

    one = checked({**task_definition(), "taskDefinitionArn": arn})

    assert one.context.region == "eu-central-1"


def test_what_no_policy_governs_is_said_so() -> None:
    one = checked(task_definition(), match=({"clusters": ("dev",)},))

    assert (one.sync, one.incomplete) == (Sync.UNGOVERNED, False)
    assert one.reason is not None
    assert one.reason.code == "Ungoverned"


def test_a_disabled_policy_judges_nothing() -> None:
    one = checked(task_definition(), mode="Disabled")

    assert one.reason is not None
    assert (one.sync, one.reason.code) == (Sync.UNGOVERNED, "PolicyDisabled")


def test_policies_of_one_priority_judge_nothing_together() -> None:
    policies = PolicySet.of([policy(), policy(name="other")])

    one = check(task_definition(), DEPLOYED, policies, lambda path: Span(path, 1, 1), now=NOW)

    assert one.reason is not None
    assert (one.sync, one.reason.code) == (Sync.UNDECIDED, "PolicyConflict")


def test_a_name_that_needs_a_tag_is_not_guessed() -> None:
    by_team = {"awslogs": {"group": "/ecs/{tag:team|shared}", "stream_prefix": "{service}"}}
    unlogged = task_definition()

    for tags, found in ((None, "Undecided"), ({}, "AuditOnly"), ({"team": "a b"}, "InvalidName")):
        one = checked(unlogged, replace(DEPLOYED, tags=tags), destinations=(by_team,), mode="Audit")
        assert blocked(one) == [("log-driver", found)]
