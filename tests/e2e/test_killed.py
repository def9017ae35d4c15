"""Killed by SIGKILL at any call of a rollout, the program ends where it would have when run again.

The points come from a rollout that was recorded at the wire: before each of its calls, and after
each that writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from controller.sandbox.reads import is_write
from tests.e2e.killed import Point, points, rollout

WRITES = ("CreateLogGroup", "PutRetentionPolicy", "RegisterTaskDefinition", "UpdateService")
"""What one healthy rollout writes, and remembers beside it on the cluster."""


def survives(at: Sequence[Point], folder: Path, expected: object) -> None:
    """Assert that a process dies at each of the points, and that another one ends it all alike."""
    kills = 0
    for point in at:
        with rollout(folder) as one:
            kills += one.is_killed(point)
            assert len(one.orphans()) <= 1, point
            one.finishes()
            assert one.end_state() == expected, point
            assert one.orphans() == []
    assert kills == len(at) > 0


@pytest.mark.timeout(300)
def test_killed_at_three_points_of_a_rollout_it_is_finished_by_the_next(tmp_path: Path) -> None:
    with rollout(tmp_path) as healthy:
        healthy.finishes()
    calls = [one.operation for one in healthy.sandbox.requests]
    roll = calls.index("UpdateService") + 1

    three = [
        Point(calls.index("RegisterTaskDefinition") + 1, "after"),
        Point(roll, "before"),
        Point(roll, "after"),
    ]
    survives(three, tmp_path, healthy.end_state())


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_killed_at_any_point_of_a_rollout_it_is_finished_by_the_next(tmp_path: Path) -> None:
    with rollout(tmp_path) as healthy:
        healthy.finishes()
    every = points(healthy.sandbox.requests)
    writes = [one.operation for one in healthy.sandbox.requests if is_write(one)]

    assert [one for one in writes if one != "TagResource"] == list(WRITES)
    assert len(every) == len(healthy.sandbox.requests) + len(writes)
    survives(every, tmp_path, healthy.end_state())
