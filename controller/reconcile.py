"""One target of any kind, once: observe, decide, at most one move, and what came of it.

A move is decided twice: once to know that there is one, and once more, from a fresh look, in the
moment before it is made. Nothing that was seen earlier is ever written.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from controller.act import Writers, act
from controller.core.move import (
    Decision,
    Deploy,
    Deregister,
    Done,
    Look,
    MarkFailed,
    Move,
    Redeploy,
    Register,
    RememberUnknownMember,
    Return,
    Roll,
    Stop,
    Wait,
)
from controller.core.outcome import Outcome
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.decide.cluster import decide_cluster
from controller.decide.log_group import decide_log_group
from controller.decide.outcome import (
    of_cluster,
    of_log_group,
    of_service,
    refused,
    unobserved,
)
from controller.decide.record import recorded
from controller.decide.service import Decided, Left, decide_service
from controller.decide.world import World
from controller.errors import AwsError, DeniedError, TerminalError

_NOW: Final = timedelta()
_SOON: Final = timedelta(seconds=1)


def _nobody(outcome: Outcome) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Reconciler:
    """Reconciles one target at a time. Without `writers` it is in Audit, and cannot write.

    `resync` is how soon a target in which nothing goes on is looked at again. `tell` is called with
    the Outcome of a write that is raised as a fault, so that it is recorded, too.
    """

    world: World
    writers: Writers | None
    resync: timedelta
    tell: Callable[[Outcome], None] = _nobody
    _locks: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )

    async def __call__(self, ref: Ref) -> Outcome | None:
        """Look at *ref* once and take at most one step; None where there is no such target.

        Raises an AwsError that is worth another try soon. What we may not read or write, and what
        AWS refuses for good, is told by the Outcome.
        """
        try:
            outcome, move = await self._look(ref)
            if outcome is None or move is None or self.writers is None or not outcome.may_move:
                return outcome
            scope = _scope(move)
            async with self._locks[scope]:
                return await self._move(ref, self.writers, scope)
        except (DeniedError, TerminalError) as error:
            if isinstance(ref, ServiceRef):
                self.world.fleet.could_not_see(ref)
            return unobserved(ref, error, self.resync)
        except BaseException:
            # Whatever it was, a bug of ours or a look that took too long, others may be waiting.
            if isinstance(ref, ServiceRef):
                self.world.fleet.failed_to_see(ref)
            raise

    async def _look(self, ref: Ref) -> tuple[Outcome | None, Move | None]:
        if isinstance(ref, LogGroupRef):
            group = await decide_log_group(ref, self.world)
            if group is None:
                return None, None
            return of_log_group(group, self.world, self.resync), _move_of(group.decision)
        if isinstance(ref, ClusterRef):
            cluster = await decide_cluster(ref, self.world)
            if cluster is None:
                return None, None
            return of_cluster(cluster, self.world, self.resync), _move_of(cluster.decision)
        decided = await decide_service(ref, self.world)
        if isinstance(decided, Decided):
            self._keep(decided)
        begun = decided.unfinished if isinstance(decided, Left) else decided
        move = None if begun is None else _move_of(begun.decision)
        return of_service(ref, decided, self.world, self.resync), move

    def _keep(self, decided: Decided) -> None:
        """Keep what would be rolled if nothing held it, where somebody wants to ask about it."""
        held, ref = self.world.held, decided.candidate.observed.ref
        if held is None:
            return
        held.pop(ref, None)
        if decided.candidate.edits and isinstance(decided.decision.step, Wait):
            held[ref] = decided.candidate

    async def _move(self, ref: Ref, writers: Writers, scope: str) -> Outcome | None:
        outcome, move = await self._look(ref)
        if outcome is None or move is None or not outcome.may_move:
            return outcome
        is_there = _scope(move) == scope and await self._is_still_there(move)
        if not is_there or not self._is_still_asked_for(move, outcome):
            return replace(outcome, in_flight=True, requeue_after=_SOON)
        if isinstance(move, Register):
            self.world.fleet.is_untidy(move.ref)
        at = self.world.clock.now()
        try:
            made = await act(move, writers)
        except AwsError as error:
            outcome = replace(outcome, record=recorded(outcome, move, at, error=error))
            if not isinstance(error, DeniedError | TerminalError):
                self.tell(outcome)
                raise
            self.world.fleet.was_refused(ref, move, self.world.clock.now())
            # What is to be done without it, such as a return without its mark, is not put off.
            again = _SOON if isinstance(ref, ServiceRef) else self.resync
            return refused(outcome, error, again)
        if made is not None:
            self.world.fleet.has_registered(made)
        if isinstance(move, MarkFailed):
            self.world.fleet.has_marked(move.ref, move.task_definition)
        if isinstance(move, RememberUnknownMember):
            self.world.fleet.has_remembered(move.ref, move.revision)
        record = recorded(outcome, move, at, made=made)
        return replace(outcome, moved=True, requeue_after=_NOW, record=record)

    async def _is_still_there(self, move: Move) -> bool:
        """Tell whether the deployment over which a roll was decided still is the PRIMARY one.

        The look on which it was decided may have taken many calls; a release that came in
        meanwhile is not to be undone.
        """
        if not isinstance(move, Roll | Return | Stop | Deploy | Redeploy):
            return True
        service = await self.world.ecs[move.ref.region].service(move.ref)
        primary = None if service is None else service.primary
        return primary is not None and primary.id == move.over

    def _is_still_asked_for(self, move: Move, outcome: Outcome) -> bool:
        """Tell whether the policies by which a move was decided still are those in force.

        A move that only ends what was begun is made under any policies.
        """
        back = isinstance(move, Return | Stop | Redeploy)
        ends = back or isinstance(move, MarkFailed | Deregister | RememberUnknownMember)
        return ends or outcome.policy_digest == self.world.policies().digest


def _move_of(decision: Decision) -> Move | None:
    return None if isinstance(decision.step, Wait | Done | Look) else decision.step


def _scope(move: Move) -> str:
    """Return what nobody else may move at the same time: a family's registrations, or a target."""
    if isinstance(move, Register):
        ref = move.ref
        return f"{ref.account}/{ref.region}/{move.document.get('family')}"
    return move.ref.arn
