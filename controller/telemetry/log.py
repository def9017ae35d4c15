"""The log as a sink: one line where something was done or has changed, silence where not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

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
from controller.core.outcome import Outcome
from controller.core.policy.load import PolicyLoad
from controller.core.policy.policy_set import SHOWN
from controller.core.reason import Health
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
    """Writes an Outcome if a move was made, or if it differs from the last of its target.

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
        if not outcome.moved and self._last.get(outcome.ref) == state:
            return
        self._last[outcome.ref] = state
        fields = where(outcome.ref) | _fields(outcome)
        event = event_of(outcome.move) if outcome.moved and outcome.move else "seen"
        if outcome.health is Health.DEGRADED or not outcome.observed or outcome.warnings:
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
    return fields


def event_of(move: Move) -> str:
    """Return what a move is called in the log and on the terminal: a short sentence, done."""
    match move:
        case Register():
            return "registered a corrected revision"
        case Roll(task_definition=arn):
            return f"started the roll to {arn.rsplit('/', 1)[-1]}"
        case Return(task_definition=arn):
            return f"returned the service to {arn.rsplit('/', 1)[-1]}"
        case MarkFailed(task_definition=arn):
            return f"marked {arn.rsplit('/', 1)[-1]} as failed"
        case Deregister(task_definition=arn):
            return f"deregistered {arn.rsplit('/', 1)[-1]}"
        case CreateLogGroup():
            return "created the log group"
        case SetRetention(days=days):
            return f"set the retention to {days} days"
        case RememberPolicy(digest=digest):
            return f"remembered that the policies {digest} are in force"
