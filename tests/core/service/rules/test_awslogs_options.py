"""awslogs-options: the options that ECS requires, the policy states, and ECS takes."""

from __future__ import annotations

import pytest

from controller.core.document.edit import Edit
from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved
from tests.core.service.given import (
    awslogs,
    container,
    destination,
    judged,
    logging_by,
    task_definition,
)
from tests.core.service.rules.tables import edits_of, options, said_by

RULE = "awslogs-options"
GROUP = options(awslogs_group="/ecs/web")
REGION = options(awslogs_region="eu-central-1")
PREFIX = options(awslogs_stream_prefix="web")
HOLE = Unresolved("Fn::If")
BOTH = awslogs(awslogs_datetime_format="%Y", awslogs_multiline_pattern="^I")


@pytest.mark.parametrize(
    ("logs", "edits"),
    [
        pytest.param(awslogs(), [], id="as the policy says"),
        pytest.param(awslogs(awslogs_group="other"), GROUP, id="another group"),
        pytest.param(awslogs(awslogs_group=None), GROUP, id="[2.3] no group"),
        pytest.param(awslogs(awslogs_region="us-east-1"), REGION, id="another Region"),
        pytest.param(awslogs(awslogs_region=None), REGION, id="[2.3] no Region"),
        pytest.param(awslogs(awslogs_stream_prefix="x"), PREFIX, id="another prefix"),
        pytest.param(awslogs(awslogs_stream_prefix=None), PREFIX, id="[2.4] no prefix"),
        pytest.param(logging_by("awslogs"), GROUP + REGION + PREFIX, id="no options"),
        pytest.param(
            logging_by("awslogs", options=None), GROUP + REGION + PREFIX, id="null for options"
        ),
        pytest.param(awslogs(awslogs_group=7), GROUP, id="a number"),
        pytest.param(
            awslogs(mode="blocking", max_buffer_size="1m"), [], id="delivery is another's"
        ),
        pytest.param(
            awslogs(awslogs_endpoint="https://x"),
            options(awslogs_endpoint=None),
            id="[2.2] unknown",
        ),
        pytest.param(awslogs(tag="t", labels="l"), options(tag=None, labels=None), id="[2.2] two"),
        pytest.param(awslogs(awslogs_create_group="true"), [], id="[2.6] create"),
        pytest.param(
            awslogs(awslogs_create_group="false"),
            options(awslogs_create_group=None),
            id="[2.6] do not create",
        ),
        pytest.param(
            awslogs(awslogs_create_group=False),
            options(awslogs_create_group=None),
            id="[2.6] false in a file",
        ),
        pytest.param(
            awslogs(awslogs_create_group=True),
            options(awslogs_create_group="true"),
            id="[2.6] true in a file means it",
        ),
        pytest.param(awslogs(awslogs_datetime_format="%Y"), [], id="[2.8] a format"),
        pytest.param(awslogs(awslogs_multiline_pattern="^I"), [], id="[2.8] a pattern"),
        pytest.param(BOTH, options(awslogs_multiline_pattern=None), id="[2.8] both"),
        pytest.param(logging_by("gelf", options={"tag": "t"}), [], id="another driver"),
    ],
)
def test_the_options_are_those_of_the_policy(logs: dict[str, Json], edits: list[Edit]) -> None:
    assert edits_of(RULE, logs) == edits


@pytest.mark.parametrize(
    ("keep", "logs", "edits"),
    [
        pytest.param("group", awslogs(awslogs_group="other"), [], id="its own group"),
        pytest.param("group", awslogs(awslogs_group=None), GROUP, id="none to keep"),
        pytest.param("group", awslogs(awslogs_group=""), GROUP, id="an empty one"),
        pytest.param("group", awslogs(awslogs_group=" "), GROUP, id="a blank one"),
        pytest.param("group", awslogs(awslogs_region="us-east-1"), REGION, id="only the group"),
        pytest.param("region", awslogs(awslogs_region="us-east-1"), [], id="its own Region"),
        pytest.param("streamPrefix", awslogs(awslogs_stream_prefix="x"), [], id="its own prefix"),
        pytest.param("group", awslogs(tag="t"), options(tag=None), id="never what ECS refuses"),
    ],
)
def test_a_container_keeps_what_the_destination_lets_it_keep(
    keep: str, logs: dict[str, Json], edits: list[Edit]
) -> None:
    assert edits_of(RULE, logs, destinations=(destination(keep=(keep,)),)) == edits


# ── group and Region are one place ────────────────────────────────────────────────────────────────


def test_group_and_region_are_found_and_moved_as_one() -> None:
    logs = awslogs(awslogs_group="other", awslogs_region="us-east-1")

    (item,) = said_by(RULE, logs).judgement.items

    assert list(item.edits) == GROUP + REGION
    assert item.finding.message == (
        "container web does not log with the awslogs-group and awslogs-region of the policy"
    )


@pytest.mark.parametrize("option", ["awslogs_group", "awslogs_region"])
def test_where_one_of_the_two_differs_that_one_is_told(option: str) -> None:
    (finding,) = said_by(RULE, awslogs(**{option: "other"})).judgement.findings

    name = option.replace("_", "-")
    assert finding.path.endswith(name)
    assert finding.message == f"container web does not log with the {name} of the policy"


@pytest.mark.parametrize("option", ["awslogs_group", "awslogs_region"])
def test_where_one_of_the_two_cannot_be_read_neither_is_moved(option: str) -> None:
    logs = awslogs(**{"awslogs_group": "other", "awslogs_region": "us-east-1"} | {option: HOLE})

    (item,) = said_by(RULE, logs).judgement.items

    assert (item.finding.blocked, item.edits) == ("Unknown", ())


def test_where_a_name_is_not_known_here_neither_is_moved() -> None:
    logs = awslogs(awslogs_group="other", awslogs_region="us-east-1")

    verdict = judged(task_definition(container(logConfiguration=logs)), names={"service": None})

    assert verdict.proposed["containerDefinitions"] == [container(logConfiguration=logs)]


def test_an_accepted_shape_of_awslogs_is_left_alone() -> None:
    shape = {"driver": "awslogs", "options": {"awslogs-group": "/legacy/*"}}
    logs = awslogs(awslogs_group="/legacy/web", awslogs_stream_prefix=None)

    assert edits_of(RULE, logs, accept=(shape,)) == []


@pytest.mark.parametrize("odd", ["text", [1], 7, True], ids=repr)
def test_options_that_are_no_object_cannot_be_judged(odd: Json) -> None:
    verdict = said_by(RULE, logging_by("awslogs", options=odd))

    assert {one.blocked for one in verdict.judgement.findings} == {"Unknown"}
    assert verdict.proposed == verdict.document


def test_a_format_that_may_be_none_leaves_the_pattern_open() -> None:
    logs = awslogs(awslogs_datetime_format=Unresolved("Fn::If"), awslogs_multiline_pattern="^I")

    assert [one.is_violation for one in said_by(RULE, logs).judgement.findings] == [False]


def test_a_format_that_may_be_none_does_not_matter_without_a_pattern() -> None:
    logs = awslogs(awslogs_datetime_format=Unresolved("Fn::If"))

    assert said_by(RULE, logs).judgement.findings == ()


def test_a_finding_never_quotes_what_an_option_holds() -> None:
    logs = awslogs(awslogs_group="s3cret", awslogs_endpoint="s3cret", awslogs_create_group="s3cret")

    told = " ".join(one.message for one in said_by(RULE, logs).judgement.findings)
    assert "s3cret" not in told
