"""How log lines look: a traceback tells where, never what was in hand there."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
import structlog

from controller.app.logging import configure_logging, logger_of
from controller.core.policy.policy_set import PolicySet
from controller.core.service.revision import Revision
from controller.policy_source import InForce

SECRET = "top-secret"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def fails_with(revision: Revision) -> None:
    """Fail with a revision in hand."""
    raise KeyError(revision.arn)


@pytest.mark.parametrize("pretty", [True, False], ids=["terminal", "json"])
def test_a_traceback_shows_no_value_that_was_in_hand(
    pretty: bool,  # noqa: FBT001  # pytest passes it so
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(level=logging.INFO, pretty=pretty)
    document = {"containerDefinitions": [{"environment": [{"name": "A", "value": SECRET}]}]}

    with pytest.raises(KeyError) as raised:
        fails_with(Revision("arn", document, {"tag": SECRET}))
    structlog.get_logger().error("a fault of ours", exc_info=raised.value)

    said = capsys.readouterr().err
    assert "KeyError" in said
    assert SECRET not in said


def test_a_revision_shows_neither_its_document_nor_its_tags() -> None:
    shown = repr(Revision("arn", {"family": SECRET}, {"tag": SECRET}))

    assert SECRET not in shown


# ── the digest in every line ──────────────────────────────────────────────────────────────────────


def policies(digit: str) -> PolicySet:
    return replace(PolicySet.of(()), digest=digit * 64)


def lines(captured: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.splitlines()]


def test_every_line_names_the_policies_in_force_when_it_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(level=logging.INFO, pretty=False)
    in_force = InForce(policies("a"))
    log = logger_of(in_force)

    log.info("before")
    in_force.policies = policies("b")
    log.bind(service="web").warning("after")

    assert [(one["event"], one["policy_digest"]) for one in lines(capsys.readouterr().err)] == [
        ("before", "a" * 16),
        ("after", "b" * 16),
    ]


def test_a_line_that_says_by_which_policies_it_was_judged_keeps_that(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(level=logging.INFO, pretty=False)

    logger_of(InForce(policies("b"))).info("seen", policy_digest="a" * 16)

    assert [one["policy_digest"] for one in lines(capsys.readouterr().err)] == ["a" * 16]


def test_the_least_that_is_logged_holds_for_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level=logging.WARNING, pretty=False)

    logger_of(InForce(policies("a"))).info("too little")

    assert capsys.readouterr().err == ""
