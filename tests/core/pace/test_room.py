"""How many a person's verb moves at once: the most restrictive limit wins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.pace.room import has_room
from controller.core.policy.pace import MaxConcurrent
from controller.core.refs import ServiceRef
from tests.core.service.given import REF, SIBLING

ELSEWHERE = replace(REF, cluster="test")
FAR = replace(REF, account="444455556666")


@pytest.mark.parametrize(
    ("most", "flying", "room"),
    [
        (MaxConcurrent(), [], True),
        (MaxConcurrent(), [SIBLING], False),
        (MaxConcurrent(total=2), [SIBLING], True),
        (MaxConcurrent(total=2), [SIBLING, FAR], False),
        (MaxConcurrent(total=3, per_account=1), [ELSEWHERE], False),
        (MaxConcurrent(total=3, per_account=1), [FAR], True),
        (MaxConcurrent(total=3, per_cluster=1), [SIBLING], False),
        (MaxConcurrent(total=3, per_cluster=1), [ELSEWHERE, FAR], True),
    ],
)
def test_one_more_begins_where_every_limit_has_room(
    most: MaxConcurrent, flying: list[ServiceRef], *, room: bool
) -> None:
    assert has_room(REF, most, flying) is room
