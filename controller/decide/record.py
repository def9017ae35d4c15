"""The record of a write, from the Outcome by which it was decided and what AWS said to it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from controller.core.move import (
    CreateLogGroup,
    Deploy,
    Deregister,
    MarkFailed,
    MarkProof,
    Move,
    Redeploy,
    Register,
    Return,
    Roll,
    SetRetention,
    Stop,
)
from controller.core.outcome import Outcome
from controller.core.record import Record, Result
from controller.core.refs import Ref
from controller.errors import AwsError, LostError

_BRINGING: Final = (Register, Roll, Deploy, CreateLogGroup, SetRetention)
"""The moves that bring what a policy asks for; the others end what was begun."""


def recorded(
    outcome: Outcome,
    move: Move,
    at: datetime,
    *,
    error: AwsError | None = None,
    made: str | None = None,
) -> Record:
    """Return the record of *move*, made at *at*: of one that met *error*, or of one that was done.

    *made* is the ARN of what it registered.
    """
    brings = isinstance(move, _BRINGING) and outcome.proposal is not None
    patch = () if outcome.proposal is None or not brings else outcome.proposal.patch
    rules = {one.rule for one in outcome.findings if one.fixable and one.blocked is None}
    return Record(
        ref=outcome.ref,
        at=at,
        move=type(move).__name__,
        result=_result(error),
        code=None if error is None else error.code,
        policy=outcome.policy,
        rules=tuple(sorted(rules)) if brings else (),
        policy_digest=outcome.policy_digest,
        patch=patch,
        came_from=outcome.task_definition if _leaves(move) else None,
        went_to=made or _went_to(move),
    )


def by_hand(
    ref: Ref, move: Return | Stop, at: datetime, *, came_from: str, error: AwsError | None = None
) -> Record:
    """Return the record of a move that a person asked for, leaving the revision *came_from*."""
    return Record(
        ref=ref,
        at=at,
        move=type(move).__name__,
        result=_result(error),
        code=None if error is None else error.code,
        came_from=came_from,
        went_to=_went_to(move),
    )


def _result(error: AwsError | None) -> Result:
    if error is None:
        return Result.DONE
    return Result.LOST if isinstance(error, LostError) else Result.REFUSED


def _leaves(move: Move) -> bool:
    """Tell whether the move is about leaving the revision that the service is set to."""
    return isinstance(move, Register | Roll | Return | Stop | Deploy | Redeploy)


def _went_to(move: Move) -> str | None:
    match move:
        case Roll() | Return() | Deploy() | Redeploy() | MarkFailed() | MarkProof() | Deregister():
            return move.task_definition
        case _:
            return None
