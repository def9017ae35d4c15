"""Many who ask for one thing each, answered by one request, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from controller.aws.batch import Batch
from controller.errors import DeniedError, RetryError
from tests.virtual_time import in_virtual_time


class Source:
    """Answers in upper case, with the number of the request, a second after it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.refuses: dict[str, Exception] = {}

    async def load(self, keys: Sequence[str]) -> dict[str, str]:
        self.asked.append(tuple(keys))
        number = len(self.asked)
        await asyncio.sleep(1)
        for key in keys:
            if key in self.refuses:
                raise self.refuses[key]
        return {key: f"{key.upper()}{number}" for key in keys if key != "nothing"}

    def batch(self, size: int = 10) -> Batch[str, str]:
        return Batch(self.load, size=size)


Get = Callable[[str], Awaitable[str | None]]


async def all_of(get: Get, *keys: str) -> list[str | BaseException | None]:
    return await asyncio.gather(*(get(key) for key in keys), return_exceptions=True)


@in_virtual_time
async def test_those_who_ask_at_once_share_a_request() -> None:
    source = Source()

    assert await all_of(source.batch().get, "a", "b", "c") == ["A1", "B1", "C1"]
    assert source.asked == [("a", "b", "c")]


@in_virtual_time
async def test_a_request_holds_no_more_than_its_size() -> None:
    source = Source()

    await all_of(source.batch(size=10).get, *(f"k{number}" for number in range(23)))

    assert [len(asked) for asked in source.asked] == [10, 10, 3]


@in_virtual_time
async def test_two_who_ask_for_the_same_get_one_answer() -> None:
    source = Source()

    assert await all_of(source.batch().get, "a", "a") == ["A1", "A1"]
    assert source.asked == [("a",)]


@in_virtual_time
async def test_who_asks_while_a_request_is_under_way_gets_the_answer_of_a_later_one() -> None:
    source = Source()
    batch = source.batch()
    first = asyncio.create_task(batch.get("a"))
    await asyncio.sleep(0.5)
    second = asyncio.create_task(batch.get("a"))

    assert (await first, await second) == ("A1", "A2")


@in_virtual_time
async def test_what_is_not_found_is_none() -> None:
    source = Source()

    assert await all_of(source.batch().get, "nothing", "a") == [None, "A1"]


@in_virtual_time
async def test_one_that_is_forbidden_spoils_nothing_for_the_others() -> None:
    source = Source()
    denied = DeniedError("DescribeServices", "AccessDenied", "no")
    source.refuses["b"] = denied

    found = await all_of(source.batch().get, "a", "b", "c")

    assert found == ["A2", denied, "C4"]
    assert source.asked == [("a", "b", "c"), ("a",), ("b",), ("c",)]


@in_virtual_time
async def test_a_fault_reaches_those_of_its_request_and_nobody_else() -> None:
    source = Source()
    fault = RetryError("DescribeServices", "ServerException", "oops")
    source.refuses["b"] = fault
    batch = source.batch(size=2)

    found = await all_of(batch.get, "a", "b", "c", "d")

    assert found == [fault, fault, "C2", "D2"]
    assert await batch.get("a") == "A3"


@in_virtual_time
async def test_even_an_error_that_nobody_foresaw_leaves_nobody_waiting() -> None:
    source = Source()
    source.refuses["a"] = KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        await source.batch().get("a")


@in_virtual_time
async def test_one_who_stops_waiting_disturbs_nobody() -> None:
    source = Source()
    batch = source.batch()
    first, second = asyncio.create_task(batch.get("a")), asyncio.create_task(batch.get("a"))
    await asyncio.sleep(0.5)
    first.cancel()

    assert await second == "A1"
