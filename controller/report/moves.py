"""Moves in words, as something that would be done."""

from __future__ import annotations

from typing import assert_never

from controller.core.move import (
    CreateLogGroup,
    Deregister,
    MarkFailed,
    Move,
    Register,
    RememberPolicy,
    Return,
    Roll,
    SetRetention,
)


def would(move: Move) -> str:
    """Return what *move* does, to be put behind `would`."""
    match move:
        case Register():
            return "register a corrected revision and roll the service to it"
        case Roll(task_definition=arn):
            return f"roll the service to {_revision(arn)}"
        case Return(task_definition=arn):
            return f"return the service to {_revision(arn)}"
        case MarkFailed(task_definition=arn):
            return f"mark {_revision(arn)} as failed"
        case Deregister(task_definition=arn):
            return f"deregister {_revision(arn)}"
        case CreateLogGroup():
            return f"create the log group{_made_with(move)}"
        case SetRetention(days=days):
            return f"set the retention to {days} days"
        case RememberPolicy(digest=digest):
            return f"remember that the policies {digest} are in force here"
        case _:
            assert_never(move)


def _made_with(move: CreateLogGroup) -> str:
    given = []
    if move.kms_key_id is not None:
        given.append(f"key {move.kms_key_id.rpartition('/')[2]}")
    if move.log_group_class is not None:
        given.append(f"class {move.log_group_class}")
    if move.deletion_protection:
        given.append("deletion protection")
    return f" with {', '.join(given)}" if given else ""


def _revision(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]
