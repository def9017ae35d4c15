"""The queue as its users see it, one promise per test. The whole of it: test_workqueue_model.py."""

from __future__ import annotations

import asyncio

import pytest

from controller.queue.order import PATIENCE, Priority
from controller.queue.workqueue import QueueShutDown, WorkQueue
from tests.virtual_time import VirtualClock, in_virtual_time


def a_queue() -> WorkQueue[str]:
    return WorkQueue(clock=VirtualClock(), random=lambda: 0.0)


async def nothing_to_get(queue: WorkQueue[str], *, within: float = 0.0) -> bool:
    try:
        async with asyncio.timeout(within):
            await queue.get()
    except TimeoutError:
        return True

    return False


@in_virtual_time
async def test_a_key_asked_for_many_times_is_handed_out_once() -> None:
    queue = a_queue()
    for _ in range(3):
        queue.add("web")

    assert len(queue) == 1
    assert await queue.get() == "web"
    assert await nothing_to_get(queue, within=1_000)


@in_virtual_time
async def test_a_key_asked_for_while_in_hand_is_handed_out_once_more_and_only_after_done() -> None:
    queue = a_queue()
    queue.add("web")
    await queue.get()
    queue.add("web")
    queue.add("web")

    assert await nothing_to_get(queue, within=1_000)
    queue.done("web")
    assert await queue.get() == "web"
    queue.done("web")
    assert await nothing_to_get(queue, within=1_000)


@in_virtual_time
async def test_a_delayed_key_wakes_who_waits_at_its_moment() -> None:
    queue = a_queue()
    queue.add("later", after=60)
    queue.add("sooner", after=30)

    assert (await queue.get(), VirtualClock().monotonic()) == ("sooner", 30)
    assert (await queue.get(), VirtualClock().monotonic()) == ("later", 60)


@in_virtual_time
async def test_asking_again_sooner_shortens_the_delay_and_later_does_not_lengthen_it() -> None:
    queue = a_queue()
    queue.add("web", after=60)
    queue.add("web", after=600)
    queue.add("web", after=20)

    assert (await queue.get(), VirtualClock().monotonic()) == ("web", 20)
    assert await nothing_to_get(queue, within=1_000)


@in_virtual_time
async def test_a_delay_in_the_past_is_none_and_no_way_to_the_front() -> None:
    queue = a_queue()
    queue.add("first")
    queue.add("pushy", after=-1_000)

    assert [await queue.get(), await queue.get()] == ["first", "pushy"]


@in_virtual_time
async def test_a_wish_for_a_key_that_waits_for_its_resync_is_fulfilled_at_once() -> None:
    queue = a_queue()
    queue.add("other", priority=Priority.MOVE)
    queue.add("web", after=600)
    queue.add("web", priority=Priority.PERSON)

    assert await queue.get() == "web"


@in_virtual_time
async def test_a_key_that_comes_wakes_one_who_waits_and_the_rest_wait_on() -> None:
    queue = a_queue()
    async with asyncio.TaskGroup() as group:
        one = group.create_task(queue.get())
        two = group.create_task(queue.get())
        await asyncio.sleep(5)
        queue.add("a")
        await asyncio.sleep(5)
        assert one.result() == "a"
        assert not two.done()
        queue.add("b")

    assert two.result() == "b"


@in_virtual_time
async def test_who_stops_waiting_takes_no_key_along() -> None:
    queue = a_queue()
    waiting = asyncio.create_task(queue.get())
    await asyncio.sleep(1)
    queue.add("web")
    waiting.cancel()
    await asyncio.wait({waiting})

    assert waiting.cancelled()
    assert await queue.get() == "web"


@in_virtual_time
async def test_a_stream_of_wishes_does_not_starve_the_resync() -> None:
    queue = a_queue()
    queue.add("resync")
    clock = VirtualClock()
    taken = ""
    while taken != "resync":
        queue.add(f"wish {clock.monotonic()}", priority=Priority.PERSON)
        taken = await queue.get()
        queue.done(taken)
        await clock.sleep(1)

    assert clock.monotonic() <= PATIENCE[Priority.RESYNC] + 2


@in_virtual_time
async def test_each_failure_in_a_row_waits_longer_until_it_is_forgotten() -> None:
    queue: WorkQueue[str] = WorkQueue(clock=VirtualClock(), random=lambda: 0.5)
    queue.add("web")
    waits = []
    for _ in range(3):
        before = VirtualClock().monotonic()
        await queue.get()
        waits.append(VirtualClock().monotonic() - before)
        queue.retry("web")
        queue.done("web")

    queue.forget("web")
    await queue.get()
    queue.retry("web")
    queue.done("web")
    before = VirtualClock().monotonic()
    await queue.get()

    assert waits == [0.0, 1.5, 2.5]
    assert VirtualClock().monotonic() - before == 1.5


@in_virtual_time
async def test_what_failed_is_tried_again_at_the_priority_that_it_had() -> None:
    queue = a_queue()
    queue.add("wish", priority=Priority.PERSON)
    await queue.get()
    queue.retry("wish")
    queue.done("wish")
    await asyncio.sleep(1)

    assert queue.depth() == {Priority.RESYNC: 0, Priority.MOVE: 0, Priority.PERSON: 1}


@in_virtual_time
async def test_a_wish_does_not_wait_for_the_backoff_of_a_failure() -> None:
    queue = a_queue()
    queue.add("web")
    await queue.get()
    queue.add("web", priority=Priority.PERSON)
    queue.retry("web")
    queue.done("web")

    assert (await queue.get(), VirtualClock().monotonic()) == ("web", 0)


@in_virtual_time
async def test_after_the_shut_down_nothing_is_taken_in_or_handed_out() -> None:
    queue = a_queue()
    queue.add("in hand")
    await queue.get()
    queue.add("waits")
    queue.add("in hand")
    queue.shut_down()
    queue.add("late")
    queue.retry("in hand")
    queue.done("in hand")

    with pytest.raises(QueueShutDown):
        await queue.get()

    assert queue.in_hand() == {}


@in_virtual_time
async def test_the_shut_down_wakes_all_who_wait() -> None:
    queue = a_queue()
    waiting = [asyncio.create_task(queue.get()) for _ in range(3)]
    await asyncio.sleep(1)
    queue.shut_down()
    ends = await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(end) for end in ends] == [QueueShutDown] * 3


@in_virtual_time
async def test_laying_down_a_key_that_is_not_in_hand_is_an_error() -> None:
    with pytest.raises(KeyError):
        a_queue().done("web")


@in_virtual_time
async def test_depth_and_age_count_what_is_ready_and_not_what_is_delayed_or_in_hand() -> None:
    queue = a_queue()
    queue.add("in hand", priority=Priority.PERSON)
    await queue.get()
    queue.add("in hand")
    queue.add("delayed", after=100)
    assert (len(queue), queue.oldest_age()) == (0, 0.0)

    queue.add("move", priority=Priority.MOVE, after=3)
    queue.add("resync")
    await asyncio.sleep(10)

    assert queue.depth() == {Priority.RESYNC: 1, Priority.MOVE: 1, Priority.PERSON: 0}
    assert len(queue) == 2
    assert queue.oldest_age() == 10
    assert queue.in_hand() == {"in hand": 10}
