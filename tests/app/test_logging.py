"""How log lines look: a traceback tells where, never what was in hand there."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from controller.app.logging import configure_logging
from controller.core.service.revision import Revision

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
