"""What came of applying: for each target that was to be changed, the moves made and its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from controller.core.move import MarkFailed, Move, Return
from controller.core.outcome import Outcome
from controller.core.reason import Health
from controller.core.record import Record
from controller.core.report import Report


class Ending(StrEnum):
    """How it ended for one target, in the order in which a person wants to know of it."""

    FAILED = "Failed"
    REFUSED = "Refused"
    GONE = "Gone"
    DONE = "Done"


@dataclass(frozen=True, slots=True)
class Applied:
    """One target: the moves made, and the last look at it; None where it was not found.

    `writes` are the records of the moves, those that were refused or lost included.
    """

    arn: str
    moves: tuple[Move, ...]
    outcome: Outcome | None
    writes: tuple[Record, ...] = ()

    @property
    def ending(self) -> Ending:
        """How it ended: done where nothing that may be written is left to write."""
        if self.outcome is None:
            return Ending.GONE
        failed = any(isinstance(move, Return | MarkFailed) for move in self.moves)
        if failed or self.outcome.health is Health.DEGRADED:
            return Ending.FAILED
        proposal = self.outcome.proposal
        left = proposal is not None and bool(proposal.patch)
        return Ending.REFUSED if left else Ending.DONE


def applied(
    report: Report,
    moves: Mapping[str, Sequence[Move]],
    planned: Iterable[str] | None,
    writes: Mapping[str, Sequence[Record]] = MappingProxyType({}),
) -> tuple[Applied, ...]:
    """Return what came of all that was *planned*, by ARN; None: of all that may be written.

    *moves* are those that were made, by the ARN of their target, which is listed in any case;
    *writes* the records of those that were tried.
    """
    outcomes = {one.ref.arn: one for one in report.outcomes}
    wanted = _writable(report) if planned is None else planned
    arns = dict.fromkeys((*wanted, *moves))
    return tuple(
        Applied(arn, tuple(moves.get(arn, ())), outcomes.get(arn), tuple(writes.get(arn, ())))
        for arn in arns
    )


def _writable(report: Report) -> Iterator[str]:
    for one in report.outcomes:
        failed = one.observed and one.health is Health.DEGRADED
        if failed or (one.proposal is not None and one.proposal.patch):
            yield one.ref.arn
