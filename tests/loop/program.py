"""A controller as small as can be, to be started as a process and sent real signals."""

from __future__ import annotations

import asyncio
import random
import sys

from controller.app.clock import SystemClock
from controller.heartbeat import Beat, Heartbeats
from controller.loop import Eternal, EternalTaskEnded, run
from controller.queue.worker import Forget, Verdict, longest_silence, work
from controller.queue.workqueue import WorkQueue
from controller.signals import stop_on_signals


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def complain(key: str, error: BaseException) -> None:
    sys.stderr.write(f"{key}: {error}\n")


async def main(case: str) -> int:
    clock = SystemClock()
    queue: WorkQueue[str] = WorkQueue(clock=clock, random=random.Random(0).random)

    with stop_on_signals() as stop:

        async def source(_beat: Beat) -> None:
            queue.add("web")
            if case == "dies":
                await asyncio.sleep(0.01)
                raise RuntimeError("cut off")

            await asyncio.Event().wait()

        async def handle(_key: str) -> Verdict:
            say("working")
            await stop.wait()
            say("asked to stop")
            if case == "hangs":
                await asyncio.Event().wait()

            say("finished")
            return Forget()

        async def worker(beat: Beat) -> None:
            await work(queue, handle, limit=60, on_error=complain, beat=beat)

        try:
            await run(
                [
                    [Eternal("source", source, within=60)],
                    [Eternal("worker", worker, longest_silence(limit=60), queue.shut_down)],
                ],
                stop=stop,
                clock=clock,
                heartbeats=Heartbeats(clock),
            )
        except EternalTaskEnded as ended:
            sys.stderr.write(f"{ended}\n")
            return 1

    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
