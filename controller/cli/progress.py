"""Progress on standard error: what was done, and on a terminal that something goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import Final

import click
from rich.console import Console
from rich.status import Status

from controller.core.move import Move, RememberConflict, RememberPolicy, RememberUnknownMember
from controller.core.outcome import Outcome
from controller.core.record import Record
from controller.report.words import clean, counted, name
from controller.telemetry.log import event_of

_MEMORY: Final = RememberPolicy | RememberUnknownMember | RememberConflict
_AFTER: Final = 1.0
"""Seconds after which a person begins to wonder."""


@dataclass(slots=True)
class Progress:
    """Told each Outcome as it comes, it keeps the moves that were made, by ARN, and says them.

    `writes` are the records of those that were tried, whatever came of them, by ARN, too. What a
    cluster is tagged with is said only: it changes nothing that a report is about.
    """

    doing: str = ""
    moves: dict[str, list[Move]] = field(default_factory=dict)
    writes: dict[str, list[Record]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _status: Status | None = None

    def __call__(self, outcome: Outcome) -> None:
        """Take note of *outcome*."""
        self._seen.add(outcome.ref.arn)
        if outcome.record is not None:
            self.writes.setdefault(outcome.ref.arn, []).append(outcome.record)
        if outcome.moved and outcome.move is not None:
            if not isinstance(outcome.move, _MEMORY):
                self.moves.setdefault(outcome.ref.arn, []).append(outcome.move)
            self._say(f"{name(outcome.ref)}: {event_of(outcome.move)}")
        if self._status is not None:
            self._status.update(f"{self.doing} … {counted(len(self._seen), 'target')} seen")

    def _say(self, line: str) -> None:
        if self._status is None:
            click.echo(clean(line), err=True)
        else:
            self._status.console.print(clean(line), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress(doing: str) -> Iterator[Progress]:
    """Yield a Progress; on a terminal it shows what is being done, once that takes a while."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress()
        return
    status = Status(f"{doing} …", console=Console(stderr=True))
    timer = Timer(_AFTER, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield Progress(doing, _status=status)
    finally:
        timer.cancel()
        timer.join()
        status.stop()
