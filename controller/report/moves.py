"""Moves in words, as something that would be done."""

from __future__ import annotations

from typing import assert_never

from controller.core.move import (
    CreateLogGroup,
    Deploy,
    Deregister,
    MarkFailed,
    MarkProof,
    Move,
    Redeploy,
    Register,
    RememberConflict,
    RememberPolicy,
    RememberUnknownMember,
    Return,
    Roll,
    SetRetention,
    Stop,
)


def would(move: Move) -> str:
    """Return what *move* does, to be put behind `would`."""
    match move:
        case Register() | Roll() | Return() | Stop() | Deploy() | Redeploy():
            return _of_a_service(move)
        case MarkFailed() | MarkProof() | Deregister():
            return _of_a_revision(move)
        case CreateLogGroup():
            return f"create the log group{_made_with(move)}"
        case SetRetention(days=days):
            return f"set the retention to {days} days"
        case RememberPolicy(digest=digest):
            return f"remember that the policies {digest} are in force here"
        case RememberUnknownMember(revision=arn):
            return f"remember that ECS did not keep {_revision(arn)} as it was sent"
        case RememberConflict(service=service):
            return f"remember that others undo the correction of {service.name}"
        case _:
            assert_never(move)


def _of_a_service(move: Register | Roll | Return | Stop | Deploy | Redeploy) -> str:
    match move:
        case Register():
            return "register a corrected revision and roll the service to it"
        case Roll(task_definition=arn):
            return f"roll the service to {_revision(arn)}"
        case Return(task_definition=arn):
            return f"return the service to {_revision(arn)}"
        case Stop():
            return "let ECS take the service back from the deployment that failed"
        case Deploy(task_definition=arn):
            return f"let CodeDeploy deploy {_revision(arn)}"
        case Redeploy(task_definition=arn):
            return f"let CodeDeploy take the service back to {_revision(arn)}"


def _of_a_revision(move: MarkFailed | MarkProof | Deregister) -> str:
    match move:
        case MarkFailed(task_definition=arn):
            return f"mark {_revision(arn)} as failed"
        case MarkProof(task_definition=arn, value=value):
            return f"mark {_revision(arn)} as {value.split()[0].lower()}"
        case Deregister(task_definition=arn):
            return f"deregister {_revision(arn)}"


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
