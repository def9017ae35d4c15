"""Names from templates: what AWS would not take, and what a tag would move, is never written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from controller.core.document.edit import Edit, Set
from controller.core.document.json import MISSING, Document, Json, text
from controller.core.judge.finding import Finding
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.naming import LOG_GROUP, LOG_STREAM, REGION, objection
from controller.core.service.governed import logs_by
from controller.core.service.task_definition import TaskDefinition
from tests.core.service.given import (
    awslogs,
    container,
    destination,
    judged,
    logging_by,
    policy,
    task_definition,
)
from tests.core.service.rules.tables import edits_of, options, said_by
from tests.strategies.policies import VARIABLES, policies
from tests.strategies.task_definitions import Members, task_definitions

OPTIONS = "awslogs-options"
DRIVER = "log-driver"


def said(rule: str, logs: Json, *, keep: tuple[str, ...] = (), **names: Any) -> list[Finding]:
    """Return what one rule finds where the destination has these templates."""
    shown = MISSING if logs is None else logs
    places = (destination(keep=keep, **names),)
    verdict = said_by(rule, shown, destinations=places, variables=VARIABLES)
    return list(verdict.judgement.findings)


@pytest.mark.parametrize(
    ("group", "reason", "why"),
    [
        ("/ecs/{tag:title}", "InvalidName", "not a log group's name: ' :' is not allowed in it"),
        ("aws{tag:none|/}x", "InvalidName", "it must not begin with 'aws/'"),
        ("{tag:none|}", "InvalidName", "it is empty"),
        ("/ecs/{tag:none}", "NoValue", "the service has no tag none"),
        ("/ecs/{tag:absent}", "NoValue", "the service has no tag absent"),
        ("/ecs/{var:nobody}", "NoValue", "the variable nobody has no entry for 'prod'"),
    ],
)
@pytest.mark.parametrize("rule", [OPTIONS, DRIVER])
def test_a_group_that_cannot_be_named_is_found_and_not_written(
    rule: str, group: str, reason: str, why: str
) -> None:
    logs = awslogs() if rule == OPTIONS else logging_by("json-file")

    (finding,) = said(rule, logs, group=group)

    assert (finding.blocked, finding.fixable, finding.is_violation) == (reason, False, True)
    assert finding.path == "containerDefinitions[name=web].logConfiguration.options.awslogs-group"
    assert finding.message.startswith("container web gets no awslogs-group from the policy: ")
    assert why in finding.message


def test_every_name_that_cannot_be_given_is_found() -> None:
    names: Any = {"group": "{tag:none}", "region": "{tag:title}", "stream_prefix": "{tag:title}"}

    found = said(DRIVER, None, **names)

    assert [one.blocked for one in found] == ["NoValue", "InvalidName", "InvalidName"]
    assert len({one.id for one in found}) == 3


def test_what_is_right_beside_it_is_corrected_all_the_same() -> None:
    verdict = said_by(
        OPTIONS,
        awslogs(awslogs_group="/old", awslogs_stream_prefix=None),
        destinations=(destination(group="{tag:none}"),),
    )

    assert list(verdict.enforced) == options(awslogs_stream_prefix="web")


def test_a_name_that_is_kept_need_not_be_given() -> None:
    assert said(OPTIONS, awslogs(), keep=("group",), group="{tag:none}") == []


def test_without_the_tags_of_the_service_a_name_is_undecided_and_never_the_default() -> None:
    by = policy(destinations=(destination(group="/ecs/{tag:team|shared}"),))

    verdict = judged(task_definition(container()), by, tags=None)

    (finding,) = verdict.judgement.findings
    assert finding.blocked == "Undecided"
    assert "tag:team" in finding.message
    assert verdict.enforced == ()


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("/ecs/{tag:team|shared}/{service}", "/ecs/shop/web"),
        ("/ecs/{tag:squad|shared}/{service}", "/ecs/shared/web"),
        ("/ecs/{var:stage}", "/ecs/live"),
    ],
)
def test_a_name_by_tags_and_variables_is_written(template: str, name: str) -> None:
    edits = edits_of(
        OPTIONS,
        awslogs(awslogs_group=None),
        destinations=(destination(group=template),),
        variables=VARIABLES,
    )

    assert edits == options(awslogs_group=name)


# ── a tag does not move logs ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("option", "written", "template"),
    [
        ("group", "/ecs/payments/web", "/ecs/{tag:team}/{service}"),
        ("group", "/ecs/shared/web", "/ecs/{tag:team|shared}/{service}"),
        ("group", "/ecs/test/web", "/ecs/{var:stage}/{service}"),
        ("stream_prefix", "payments", "{tag:team}"),
        ("region", "us-east-1", "{tag:home|eu-central-1}"),
    ],
)
def test_logs_that_another_value_of_a_tag_would_have_put_there_stay(
    option: str, written: str, template: str
) -> None:
    logs = awslogs(**{f"awslogs_{option}": written})

    names: Any = {option: template}

    (finding,) = said(OPTIONS, logs, **names)

    assert (finding.blocked, finding.fixable) == ("TagMovesLogs", False)
    assert written not in finding.message


# ── a place is a group and its Region ─────────────────────────────────────────────────────────────

ELSEWHERE = {"awslogs_region": "us-east-1"}


@pytest.mark.parametrize(
    ("logs", "names", "reason"),
    [
        pytest.param(
            {"awslogs_group": "/ecs/payments/web", **ELSEWHERE},
            {"group": "/ecs/{tag:team}/{service}"},
            "TagMovesLogs",
            id="the group stays for a tag",
        ),
        pytest.param(ELSEWHERE, {"group": "/ecs/{tag:none}"}, "NoValue", id="no group"),
        pytest.param(ELSEWHERE, {"group": "/ecs/{tag:title}"}, "InvalidName", id="no good group"),
        pytest.param(
            {"awslogs_group": "/old", **ELSEWHERE},
            {"region": "{tag:home|eu-central-1}"},
            "TagMovesLogs",
            id="the Region stays for a tag",
        ),
        pytest.param(
            {"awslogs_group": "/old"}, {"region": "{tag:none}"}, "NoValue", id="no Region"
        ),
        pytest.param(
            {"awslogs_group": "/old"}, {"region": "{tag:title}"}, "InvalidName", id="no good Region"
        ),
    ],
)
def test_a_place_of_which_one_half_cannot_be_written_is_found_and_stays_whole(
    logs: dict[str, Json], names: dict[str, Any], reason: str
) -> None:
    found = said(OPTIONS, awslogs(**logs), **names)

    assert [(one.blocked, one.fixable, one.is_violation) for one in found] == [
        (reason, False, True),
        (reason, False, True),
    ]
    assert len([one for one in found if "and does not move without its" in one.message]) == 1


def test_of_a_place_that_stays_only_what_differs_is_found() -> None:
    assert len(said(OPTIONS, awslogs(), group="{tag:none}")) == 1


def test_an_option_that_is_missing_is_put_in_beside_one_that_has_no_name() -> None:
    edits = edits_of(
        OPTIONS,
        awslogs(awslogs_region=None),
        destinations=(destination(group="{tag:none}"),),
    )

    assert edits == options(awslogs_region="eu-central-1")


@pytest.mark.parametrize(
    ("keep", "edits"),
    [
        ("group", options(awslogs_region="eu-central-1")),
        ("region", options(awslogs_group="/ecs/web")),
    ],
)
def test_half_a_place_is_moved_where_the_policy_keeps_the_other_half(
    keep: str, edits: list[Edit]
) -> None:
    logs = awslogs(awslogs_group="/old", **ELSEWHERE)

    assert edits_of(OPTIONS, logs, destinations=(destination(keep=(keep,)),)) == edits


@pytest.mark.parametrize(
    ("written", "template"),
    [
        ("/ecs/payments/web", "/ecs/shop/{service}"),
        ("/ecs/payments/web", "/ecs/{cluster}/{service}"),
        ("/old/payments/web", "/ecs/{tag:team}/{service}"),
        ("/ecs/payments/api", "/ecs/{tag:team}/{service}"),
    ],
)
def test_what_no_tag_would_have_put_there_is_moved(written: str, template: str) -> None:
    (finding,) = said(OPTIONS, awslogs(awslogs_group=written), group=template)

    assert (finding.blocked, finding.fixable) == (None, True)


def test_what_is_kept_stays_without_a_word() -> None:
    logs = awslogs(awslogs_group="/ecs/payments/web")

    assert said(OPTIONS, logs, keep=("group",), group="/ecs/{tag:team}/{service}") == []


def test_a_container_that_did_not_log_there_yet_is_sent_to_the_place_of_the_present_tag() -> None:
    logs = logging_by("json-file")

    (finding,) = said(DRIVER, logs, group="/ecs/{tag:team}/{service}")

    assert finding.fixable


# ── a law ─────────────────────────────────────────────────────────────────────────────────────────


@given(task_definitions(), policies())
def test_every_name_that_is_written_is_one_that_aws_takes(
    document: Members, by: LoggingPolicy
) -> None:
    namings = {
        "awslogs-group": LOG_GROUP,
        "awslogs-region": REGION,
        "awslogs-stream-prefix": LOG_STREAM,
    }
    for edit in judged(document, by).judgement.edits:
        match edit:
            case Set(path=path, value=str(name)) if path.steps[-1] in namings:
                assert objection(name, namings[str(path.steps[-1])]) is None
            case Set(value={"options": dict(written)}):
                for option, naming in namings.items():
                    assert objection(str(written[option]), naming) is None
            case _:
                pass


def places_of(document: Document) -> dict[str, tuple[str, str]]:
    """Return group and Region of each container that logs by awslogs to a place, by its name."""
    found = {
        one.name: (text(one.option("awslogs-group")), text(one.option("awslogs-region")))
        for one in TaskDefinition(document).containers
        if logs_by(one, "awslogs")
    }
    return {name: (group, home) for name, (group, home) in found.items() if group and home}


@given(task_definitions(), policies())
def test_what_leaves_its_place_arrives_at_that_of_the_policy(
    document: Members, by: LoggingPolicy
) -> None:
    corrected = judged(document, by).proposed
    after, found = places_of(corrected), judged(corrected, by).judgement.findings
    half = {
        one.container for one in found if one.path.endswith(("awslogs-group", "awslogs-region"))
    }

    moved = {name for name, place in places_of(document).items() if after[name] != place}
    assert not moved & half
