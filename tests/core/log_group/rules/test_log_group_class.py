"""log-group-class: the class that a group was made with is the one that the policy states."""

from __future__ import annotations

import pytest

from controller.core.log_group.observed import LogGroup
from tests.core.log_group.given import MISSING_GROUP, blocked_by, claim, group, judged

RULE = "log-group-class"
IA = "INFREQUENT_ACCESS"


@pytest.mark.parametrize(
    ("one", "asked", "blocked"),
    [
        pytest.param(group(logGroupClass=IA), IA, [], id="it is so"),
        pytest.param(group(logGroupClass=IA), "STANDARD", ["ClassIsImmutable"], id="another"),
        pytest.param(group(), "STANDARD", [], id="[6.5] none is shown, so it is STANDARD"),
        pytest.param(group(), IA, ["ClassIsImmutable"], id="[6.5] STANDARD is another"),
        pytest.param(group(logGroupClass=IA), None, [], id="nobody asks"),
        pytest.param(MISSING_GROUP, IA, [], id="still to be made"),
    ],
)
def test_a_class_that_differs_is_told_and_never_written(
    one: LogGroup, asked: str | None, blocked: list[str | None]
) -> None:
    verdict = judged(one, claim(retention=None, log_group_class=asked))

    assert blocked_by(RULE, verdict) == blocked
    assert one is MISSING_GROUP or verdict.judgement.edits == ()
