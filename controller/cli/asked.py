"""A question to a person at a terminal, which Ctrl-C ends together with the program."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

import click

from controller.cli.program import INTERRUPTED

# No variable stands for it: a yes that somebody exported once would be one to everything.
YES: Final = click.option("--yes", is_flag=True, help="Do not ask.")


def is_anybody_there() -> bool:
    """Tell whether somebody can be asked: whether standard input is a terminal."""
    return sys.stdin.isatty()


def asked(question: str) -> bool:
    """Return what a person answers. Ctrl-C ends the program with 130, before anything is written.

    For the main thread only. An event loop that waits for the answer sees no signal: asyncio's own
    handler would only mark its task as cancelled, and the question would go on.
    """
    try:
        with _ended_by_ctrl_c():
            return click.confirm(question, err=True)
    except click.exceptions.Exit:
        click.echo("\ninterrupted: nothing was written", err=True)
        raise


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise click.exceptions.Exit(INTERRUPTED)
