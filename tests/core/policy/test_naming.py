"""What AWS takes as a name is asked of finished names and, before that, of templates."""

from __future__ import annotations

import pytest

from controller.core.policy.naming import (
    LOG_GROUP,
    LOG_STREAM,
    REGION,
    Naming,
    objection,
    template_faults,
)
from controller.core.policy.problem import Reason


@pytest.mark.parametrize(
    ("name", "naming"),
    [
        ("/aws/ecs/web", LOG_GROUP),
        ("a.b-c_d/e#F9", LOG_GROUP),
        ("g" * 512, LOG_GROUP),
        ("any thing, but ünlike a group", LOG_STREAM),
        ("eu-central-1", REGION),
    ],
)
def test_a_name_that_aws_takes_meets_no_objection(name: str, naming: Naming) -> None:
    assert objection(name, naming) is None


@pytest.mark.parametrize(
    ("name", "naming", "why"),
    [
        ("", LOG_GROUP, "empty"),
        ("a b", LOG_GROUP, "' '"),
        ("a:b*c", LOG_GROUP, "':*'"),
        ("ä", LOG_GROUP, "'ä'"),
        ("aws/ecs", LOG_GROUP, "'aws/'"),
        ("g" * 513, LOG_GROUP, "512"),
        ("a:b", LOG_STREAM, "':'"),
        ("EU", REGION, "'EU'"),
    ],
)
def test_a_name_that_aws_refuses_is_told_why(name: str, naming: Naming, why: str) -> None:
    assert why in (objection(name, naming) or "")


@pytest.mark.parametrize(
    "template",
    [
        "/ecs/{cluster}/{service}",
        "{account}",
        "{family}aws/",
        "g" * 512 + "{container}",
        "{tag:team}",
        "{tag:aws:cloudformation:stack-name|none}",
        "{tag:cost center|}",
        "{var:stage}",
    ],
)
def test_a_template_that_can_give_a_name_has_no_fault(template: str) -> None:
    assert template_faults(template, LOG_GROUP) == ()


@pytest.mark.parametrize(
    ("template", "reasons"),
    [
        ("", [Reason.INVALID_VALUE]),
        ("{cluster", [Reason.INVALID_VALUE]),
        ("{{cluster}}", [Reason.INVALID_VALUE]),
        ("a b{cluster}", [Reason.INVALID_VALUE]),
        ("aws/{cluster}", [Reason.INVALID_VALUE]),
        ("g" * 513 + "{cluster}", [Reason.INVALID_VALUE]),
        ("{Cluster}", [Reason.UNKNOWN_VARIABLE]),
        ("{}", [Reason.UNKNOWN_VARIABLE]),
        ("{tag:}", [Reason.UNKNOWN_VARIABLE]),
        ("{var:}", [Reason.UNKNOWN_VARIABLE]),
        ("{tags:team}", [Reason.UNKNOWN_VARIABLE]),
        ("{tag:team|the shop}", [Reason.INVALID_VALUE]),
        ("{tag:team|{service}}", [Reason.INVALID_VALUE]),
        ("{a} {b}", [Reason.UNKNOWN_VARIABLE, Reason.UNKNOWN_VARIABLE, Reason.INVALID_VALUE]),
    ],
)
def test_a_template_that_can_never_give_a_name_tells_every_reason(
    template: str, reasons: list[Reason]
) -> None:
    assert [fault.reason for fault in template_faults(template, LOG_GROUP)] == reasons


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{clutser}", "{cluster}"),
        ("{ service }", "{service}"),
        ("{tags:team}", "{tag:team}"),
        ("{vars:stage|x}", "{var:stage}"),
    ],
)
def test_a_misspelt_variable_is_met_with_the_one_that_was_meant(written: str, meant: str) -> None:
    (fault,) = template_faults(f"/ecs/{written}", LOG_GROUP)

    assert fault.hint == f"did you mean {meant}?"


def test_an_objection_shows_only_the_first_characters_that_are_wrong() -> None:
    name = "".join(chr(number) for number in range(0x4E00, 0x4E00 + 200))

    assert len(objection(name, LOG_GROUP) or "") < 50
