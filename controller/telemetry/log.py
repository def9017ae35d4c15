"""The log as a sink: one line where something was done or has changed, silence where not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from controller.core.document.digest import plain
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
from controller.core.outcome import Outcome
from controller.core.policy.load import PolicyLoad
from controller.core.policy.policy_set import SHOWN
from controller.core.reason import Health
from controller.core.record import Record, Result
from controller.core.refs import ClusterRef, Ref, ServiceRef
from controller.telemetry.emit import Event


class Log(Protocol):
    """What is used of a structlog logger."""

    def info(self, event: str, **fields: object) -> object:
        """Write an event that is as it should be."""
        ...

    def warning(self, event: str, **fields: object) -> object:
        """Write an event that a person should know of."""
        ...


@dataclass(slots=True)
class LogSink:
    """Writes an Outcome if a write was made or tried, or if it differs from the last of its target.

    Of policies that were read anew it writes what was refused and what was switched.
    """

    log: Log
    _last: dict[Ref, tuple[object, ...]] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Write *event*, if it says anything new."""
        if isinstance(event, PolicyLoad):
            self._of_policies(event)
        else:
            self._of_target(event)

    def _of_policies(self, load: PolicyLoad) -> None:
        if load.refused:
            told = f"{len(load.problems)} of them; the policies read before stay in force"
            self.log.warning("the policies have problems", message=told)
            for one in load.problems:
                self.log.warning("a problem of the policies", message=str(one), remedy=one.hint)
        elif load.switched:
            old, new = load.before[:SHOWN], load.digest[:SHOWN]
            self.log.info("the policies were switched", policy_digest=new, old_policy_digest=old)
        elif load.after_refusal:
            told = "they say the same as those in force"
            self.log.info("the policies are valid again", message=told)

    def _of_target(self, outcome: Outcome) -> None:
        reason = outcome.reason
        state = (
            *(outcome.sync, outcome.health, reason and reason.code),
            *(outcome.task_definition, outcome.warnings),
        )
        if outcome.record is None and self._last.get(outcome.ref) == state:
            return
        self._last[outcome.ref] = state
        fields = where(outcome.ref) | _fields(outcome)
        event = _event(outcome)
        failed = outcome.record is not None and outcome.record.result is not Result.DONE
        if outcome.health is Health.DEGRADED or not outcome.observed or outcome.warnings or failed:
            self.log.warning(event, **fields)
        else:
            self.log.info(event, **fields)


def where(ref: Ref) -> dict[str, object]:
    """Return the fields by which every log line names its target."""
    place: dict[str, object] = {"account": ref.account, "region": ref.region}
    if isinstance(ref, ServiceRef):
        return place | {"cluster": ref.cluster, "service": ref.name}
    if isinstance(ref, ClusterRef):
        return place | {"cluster": ref.name}
    return place | {"log_group": ref.name}


def _fields(outcome: Outcome) -> dict[str, object]:
    fields: dict[str, object] = {
        "sync": str(outcome.sync),
        "health": str(outcome.health),
        "policy": outcome.policy,
        "task_definition": outcome.task_definition,
        "findings": len(outcome.findings),
    }
    if outcome.policy_digest is not None:
        fields["policy_digest"] = outcome.policy_digest[:SHOWN]
    if outcome.reason is not None:
        fields |= {"reason": outcome.reason.code, "message": outcome.reason.message}
    if outcome.warnings:
        fields["warnings"] = list(outcome.warnings)
    return fields if outcome.record is None else fields | record_fields(outcome.record)


def record_fields(record: Record) -> dict[str, object]:
    """Return the fields of a write, besides those of its target, of `policy` and its digest."""
    return {
        "at": record.at.isoformat(),
        "move": record.move,
        "result": str(record.result),
        "code": record.code,
        "rules": list(record.rules),
        "patch": plain(record.patch),
        "from": record.came_from,
        "to": record.went_to,
    }


def _event(outcome: Outcome) -> str:
    record = outcome.record
    if outcome.moved and outcome.move is not None:
        return event_of(outcome.move)
    if record is None:
        return "seen"
    return "a write was lost" if record.result is Result.LOST else "a write was refused"


def event_of(move: Move) -> str:
    """Return what a move is called in the log and on the terminal: a short sentence, done."""
    match move:
        case Register() | Roll() | Return() | Stop() | Deploy() | Redeploy():
            return _of_a_service(move)
        case MarkFailed() | MarkProof() | Deregister():
            return _of_a_revision(move)
        case CreateLogGroup():
            return "created the log group"
        case SetRetention(days=days):
            return f"set the retention to {days} days"
        case RememberPolicy(digest=digest):
            return f"remembered that the policies {digest} are in force"
        case RememberUnknownMember(revision=arn):
            return f"remembered that ECS did not keep {_revision(arn)} as it was sent"
        case RememberConflict(service=service):
            return f"remembered that others undo the correction of {service.name}"


def _of_a_service(move: Register | Roll | Return | Stop | Deploy | Redeploy) -> str:
    match move:
        case Register():
            return "registered a corrected revision"
        case Roll(task_definition=arn):
            return f"started the roll to {_revision(arn)}"
        case Return(task_definition=arn):
            return f"returned the service to {_revision(arn)}"
        case Stop():
            return "let ECS take the service back from the deployment that failed"
        case Deploy(task_definition=arn):
            return f"let CodeDeploy deploy {_revision(arn)}"
        case Redeploy(task_definition=arn):
            return f"let CodeDeploy take the service back to {_revision(arn)}"


def _of_a_revision(move: MarkFailed | MarkProof | Deregister) -> str:
    match move:
        case MarkFailed(task_definition=arn, value=value):
            return f"marked {_revision(arn)} as failed: {value.split()[0]}"
        case MarkProof(task_definition=arn, value=value):
            return f"marked {_revision(arn)} as {value.split()[0].lower()}"
        case Deregister(task_definition=arn):
            return f"deregistered {_revision(arn)}"


def _revision(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]
