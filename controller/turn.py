"""One turn of a worker: reconcile a target, tell what came of it, and say when to look again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from controller.core.outcome import Outcome
from controller.core.refs import Ref
from controller.fleet import Fleet
from controller.queue.order import Priority
from controller.queue.worker import Forget, Requeue, Verdict
from controller.queue.workqueue import WorkQueue
from controller.telemetry.emit import Emit


@dataclass(frozen=True, slots=True)
class Turn:
    """What each worker does with a target. *random* draws from [0, 1), and spreads the resyncs."""

    reconcile: Callable[[Ref], Awaitable[Outcome | None]]
    fleet: Fleet
    queue: WorkQueue[Ref]
    emit: Emit
    random: Callable[[], float]
    new_id: Callable[[], str]

    async def __call__(self, ref: Ref) -> Verdict:
        """Take the turn of *ref*. Raises an AwsError for a fault that may pass."""
        with structlog.contextvars.bound_contextvars(reconcile_id=self.new_id()):
            outcome = await self.reconcile(ref)
            if outcome is None:
                return Forget()
            self.emit(outcome)
        for group in self.fleet.claims.newly_claimed():
            self.queue.add(group)
        for waiting in self.fleet.next_in_line():
            self.queue.add(waiting, priority=Priority.MOVE)
        after = outcome.requeue_after.total_seconds()
        if outcome.moved or outcome.in_flight:
            return Requeue(after, Priority.MOVE)
        return Requeue(after * (0.9 + 0.2 * self.random()), Priority.RESYNC)
