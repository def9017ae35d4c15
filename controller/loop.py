"""Supervises the eternal tasks that it is handed; knows none of them.

They are handed over in stages, in the order in which they stop: first what takes work in, then what
works, at last what lets go of the lease, when nobody writes any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from controller.heartbeat import Beat, Heartbeats
from controller.ports.clock import Clock

Task = asyncio.Task[None]


@dataclass(frozen=True, slots=True, eq=False)
class Eternal:
    """A task that runs until the process is asked to stop.

    `run` is handed its heartbeat, and ticks it at least every `within` seconds. `finish` asks it to
    come to an end by itself; a task that has no `finish` is cancelled.
    """

    name: str
    run: Callable[[Beat], Coroutine[Any, Any, None]]
    within: float
    finish: Callable[[], None] | None = None


class EternalTaskEnded(Exception):
    """An eternal task has ended though nobody asked it to, or failed while it was finishing."""

    def __init__(self, name: str, how: str) -> None:
        self.name = name
        super().__init__(
            f"the eternal task {name!r} has ended: {how}."
            " The process ends with it, instead of going on by halves, to be started afresh."
        )


class DrainOverrun(Exception):
    """Not every task had finished when the time for it was over; the rest were cancelled."""

    def __init__(self, names: Sequence[str], drain: float) -> None:
        self.names = tuple(names)
        super().__init__(
            f"still busy {drain:g} s after the stop, and cancelled: {', '.join(names)}."
            " Nothing is lost: the next start reads from AWS where things stand."
        )


async def run(
    stages: Sequence[Sequence[Eternal]],
    *,
    stop: asyncio.Event,
    clock: Clock,
    heartbeats: Heartbeats,
    drain: float = 22.0,
    grace: float = 3.0,
) -> None:
    """Run everything in *stages* until *stop* is set; then stop them stage by stage, and return.

    They have *drain* seconds to finish. What has not, or everything at once if one ends unasked,
    is cancelled and has *grace* seconds to clean up. Both together must be less than the time from
    SIGTERM to SIGKILL, which is 30 s unless said otherwise [facts 1.5, 3.42].

    Raises EternalTaskEnded, DrainOverrun, or ValueError if two tasks have one name.
    """
    running: list[dict[Eternal, Task]] = []
    try:
        for stage in stages:
            running.append({})
            for eternal in stage:
                running[-1][eternal] = _start(eternal, heartbeats)

        await _until(stop, [task for tasks in running for task in tasks.values()])
        await _finish(running, clock=clock, drain=drain)
    finally:
        await _cut_off(running, clock=clock, grace=grace)


def _start(eternal: Eternal, heartbeats: Heartbeats) -> Task:
    beat = heartbeats.watch(eternal.name, within=eternal.within)
    task = asyncio.create_task(eternal.run(beat), name=eternal.name)
    task.add_done_callback(lambda _: heartbeats.release(eternal.name))
    return task


async def _until(stop: asyncio.Event, tasks: Sequence[Task]) -> None:
    """Return when *stop* is set. Raise EternalTaskEnded if one of *tasks* ends before."""
    asked = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({asked, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()

    _refuse_ended(tasks)


async def _finish(stages: Sequence[Mapping[Eternal, Task]], *, clock: Clock, drain: float) -> None:
    """Ask the stages to finish, one after the other; raise DrainOverrun when time is up."""
    until = clock.monotonic() + drain

    for position, stage in enumerate(stages):
        for eternal, task in stage.items():
            _ask(eternal, task)

        unasked = [task for later in stages[position + 1 :] for task in later.values()]
        while left := [task for task in stage.values() if not task.done()]:
            done, _ = await asyncio.wait(
                {*left, *unasked},
                timeout=max(0.0, until - clock.monotonic()),
                return_when=asyncio.FIRST_COMPLETED,
            )
            _refuse_ended(unasked)

            if not done:
                raise DrainOverrun([task.get_name() for task in left], drain)

        _refuse_failed(stage.values())


def _ask(eternal: Eternal, task: Task) -> None:
    if eternal.finish is None:
        task.cancel()
    else:
        eternal.finish()


async def _cut_off(stages: Sequence[Mapping[Eternal, Task]], *, clock: Clock, grace: float) -> None:
    """Cancel what still runs, in the order of the stages; what clings to life is left behind."""
    until = clock.monotonic() + grace

    for stage in stages:
        left = [task for task in stage.values() if not task.done()]
        for task in left:
            task.cancel()

        if left:
            await asyncio.wait(left, timeout=max(0.0, until - clock.monotonic()))


def _refuse_ended(tasks: Iterable[Task]) -> None:
    for task in tasks:
        if task.done():
            raise _ended(task)


def _refuse_failed(tasks: Iterable[Task]) -> None:
    for task in tasks:
        if not task.cancelled() and task.exception() is not None:
            raise _ended(task)


def _ended(task: Task) -> EternalTaskEnded:
    if task.cancelled():
        return EternalTaskEnded(task.get_name(), "it was cancelled from within")

    cause = task.exception()
    how = "it returned" if cause is None else f"it raised {type(cause).__name__}: {cause}"
    ended = EternalTaskEnded(task.get_name(), how)
    ended.__cause__ = cause
    return ended
