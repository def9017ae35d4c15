"""Of which past deployments it is read what they brought: those that a decision may need."""

from __future__ import annotations

from typing import Any

from controller.aws.history import FEWEST, MOST
from controller.core.service.deployment import History
from tests.aws.past import past, read, script_of
from tests.aws.scripted import Script
from tests.virtual_time import in_virtual_time

DAY = 86_400


def every(seconds: int, times: int) -> list[dict[str, Any]]:
    """Return deployments of a new revision each, one after the other."""
    return [past(n * seconds, f"r{n}", f"r{n - 1}") for n in range(1, times + 1)]


async def numbers_read(script: Script) -> tuple[list[int], History]:
    """Return the numbers of the revisions that were read, newest first, and the history."""
    told = await read(script)
    arns = [one.revision.arn for one in told.deployments if one.revision is not None]
    return [int(arn.rpartition(":")[2]) for arn in arns], told


@in_virtual_time
async def test_all_of_the_last_two_weeks_is_read_and_what_they_led_away_from() -> None:
    numbers, told = await numbers_read(script_of(*every(DAY, 40)))

    assert numbers == list(range(40, 24, -1))
    assert told.revisions_since is None


@in_virtual_time
async def test_of_a_service_that_is_seldom_deployed_some_older_ones_are_read() -> None:
    numbers, told = await numbers_read(script_of(*every(30 * DAY, 20)))

    assert numbers == list(range(20, 20 - FEWEST, -1))
    assert told.revisions_since is None


@in_virtual_time
async def test_of_a_service_that_is_deployed_all_the_time_it_is_told_how_far_it_was_read() -> None:
    numbers, told = await numbers_read(script_of(*every(3600, 100)))

    assert numbers == list(range(100, 100 - MOST, -1))
    assert told.revisions_since == told.deployments[MOST - 1].created_at


@in_virtual_time
async def test_what_failed_or_was_gone_back_from_is_read_however_old_it_is() -> None:
    old = [
        past(10, "r1"),
        past(20, "r2", "r1", status="ROLLBACK_SUCCESSFUL"),
        past(30, "r3", "r1"),
        past(40, "r1", "r3"),
    ]
    later = [past(one["createdAt"] + DAY, f"r{n}", f"r{n - 1}") for n, one in numbered(40)]

    numbers, _ = await numbers_read(script_of(*old, *later))

    assert numbers[-2:] == [3, 2]


def numbered(times: int) -> list[tuple[int, dict[str, Any]]]:
    """Return deployments, ten days apart, with the numbers of their revisions from 10 on."""
    return list(enumerate(every(10 * DAY, times), start=10))
