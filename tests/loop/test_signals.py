"""Signals: asked once the process finishes, asked twice it ends."""

from __future__ import annotations

import asyncio
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from controller.signals import stop_on_signals

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_first_signal_asks_for_a_stop(number: signal.Signals) -> None:
    ends: list[None] = []
    with stop_on_signals(end=lambda: ends.append(None)) as stop:
        assert not stop.is_set()
        signal.raise_signal(number)
        await stop.wait()

    assert ends == []


class SignalledInItsSleep(selectors.DefaultSelector):
    """Receives SIGTERM at the moment at which its loop would sleep until something happens."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None:
            return super().select(timeout)

        signal.raise_signal(signal.SIGTERM)
        woken = super().select(0)
        assert woken, "the loop sleeps on"
        return woken


def test_a_signal_wakes_a_loop_that_sleeps() -> None:
    async def sleep() -> None:
        with stop_on_signals() as stop:
            await stop.wait()

    with asyncio.Runner(
        loop_factory=lambda: asyncio.SelectorEventLoop(SignalledInItsSleep())
    ) as runner:
        runner.run(sleep())


async def test_the_second_signal_ends_even_when_the_loop_has_not_seen_the_first() -> None:
    ends: list[None] = []
    with stop_on_signals(end=lambda: ends.append(None)):
        signal.raise_signal(signal.SIGTERM)
        assert ends == []
        signal.raise_signal(signal.SIGINT)
        assert ends == [None]


async def test_whoever_handled_the_signals_before_does_so_again() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    with stop_on_signals():
        assert signal.getsignal(signal.SIGTERM) not in before

    assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)] == before


@contextmanager
def the_program(case: str) -> Iterator[subprocess.Popen[str]]:
    """Run the small controller of `program.py` until it says that it works on something."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.loop.program", case],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "working\n"
            yield process
        finally:
            process.kill()


def test_a_real_process_finishes_what_it_has_in_hand_and_ends_with_0() -> None:
    with the_program("finishes") as process:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (0, "asked to stop\nfinished\n", "")


def test_a_real_process_that_does_not_finish_ends_with_1_at_the_second_signal() -> None:
    with the_program("hangs") as process:
        assert process.stdout is not None
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "asked to stop\n"
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)

    assert process.returncode == 1
    assert err == "asked to stop a second time: ended at once, without finishing\n"


def test_a_real_process_whose_task_dies_ends_with_1_and_names_it() -> None:
    with the_program("dies") as process:
        _, err = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "the eternal task 'source' has ended: it raised RuntimeError: cut off" in err
