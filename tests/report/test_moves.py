"""Moves in words: what a log group would be made with."""

from __future__ import annotations

import pytest

from controller.core.move import CreateLogGroup
from controller.report.moves import would
from tests.report.reports import log_group

KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd"


@pytest.mark.parametrize(
    ("move", "said"),
    [
        pytest.param(CreateLogGroup(log_group(), {}), "create the log group", id="with nothing"),
        pytest.param(
            CreateLogGroup(log_group(), {}, log_group_class="STANDARD"),
            "create the log group with class STANDARD",
            id="with one thing",
        ),
        pytest.param(
            CreateLogGroup(log_group(), {}, KEY, "STANDARD", deletion_protection=True),
            "create the log group with key 1234abcd, class STANDARD, deletion protection",
            id="with all",
        ),
    ],
)
def test_a_group_is_said_to_be_made_with_what_it_is_given(move: CreateLogGroup, said: str) -> None:
    assert would(move) == said
