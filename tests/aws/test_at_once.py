"""Several calls at once, but not too many, in virtual time."""

from __future__ import annotations

import asyncio

import pytest

from controller.aws.at_once import AT_ONCE, for_each
from controller.errors import RetryError
from tests.virtual_time import VirtualClock, in_virtual_time


@in_virtual_time
async def test_answers_come_in_the_order_of_the_subjects() -> None:
    async def wait(seconds: int) -> int:
        await asyncio.sleep(seconds)
        return seconds

    assert await for_each([3, 1, 2], wait) == [3, 1, 2]
    assert VirtualClock().monotonic() == 3


@in_virtual_time
async def test_no_more_than_so_many_are_under_way() -> None:
    under_way: list[int] = []
    most = 0

    async def call(subject: int) -> None:
        nonlocal most
        under_way.append(subject)
        most = max(most, len(under_way))
        await asyncio.sleep(1)
        under_way.remove(subject)

    await for_each(range(3 * AT_ONCE), call)

    assert most == AT_ONCE


@in_virtual_time
async def test_the_first_error_ends_them_all() -> None:
    finished: list[int] = []

    async def call(subject: int) -> None:
        await asyncio.sleep(subject)
        if subject == 2:
            raise RetryError("Describe", "ServerException", "oops")
        finished.append(subject)

    with pytest.raises(RetryError):
        await for_each([1, 2, 3], call)
    await asyncio.sleep(5)

    assert finished == [1]
