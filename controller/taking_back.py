"""Taking one service back at a person's word: suspend it, move it, and watch that to its end.

It is decided anew at each look, and once more in the moment before the move; nothing is remembered
between two looks but that the move was made, so that it is made once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final

from controller.act import Writers, act
from controller.core.reason import Reason
from controller.core.record import Record
from controller.core.refs import ServiceRef
from controller.core.service.observed import Service
from controller.core.service.states_of_return import IsBack, Leave, OnItsWay, Stays
from controller.core.taken_back import Ending, TakenBack
from controller.decide.record import by_hand
from controller.decide.taking_back import ToTakeBack, look_at_way_back
from controller.decide.world import World
from controller.errors import AwsError, ConflictError, LostError, RetryError
from controller.observe.unread import reason_of

_LOOK_EVERY: Final = 5.0
_TRIES: Final = 5
_AGAIN: Final = Reason(
    "ReturnFailed",
    "the service runs our revision again: the one before it did not run",
    "Deploy a revision that works: nothing more is tried here.",
)

Suspend = Callable[[ServiceRef], Awaitable[None]]
"""Suspends a service, unless it is. Raises an AwsError where that may not be."""

Tell = Callable[[Record], None]


@dataclass(slots=True)
class TakingBack:
    """Takes one service back, and says how it ended. *tell* is called with each write."""

    ref: ServiceRef
    world: World
    writers: Writers
    suspend: Suspend
    tell: Tell
    _writes: list[Record] = field(default_factory=list)
    _suspended: bool = False
    _was_suspended: bool = False
    _made: bool = False
    _faults: int = 0

    async def __call__(self) -> TakenBack:
        """Go on until the service is back, or until it is clear that it will not be."""
        while True:
            try:
                ended = await self._step()
            except RetryError as error:
                ended = self._fault(error)
            except AwsError as error:
                ended = self._ended(Ending.FAILED, reason_of(error))
            if ended is not None:
                suspended = self._suspended or self._was_suspended
                return replace(ended, suspended=suspended, writes=tuple(self._writes))
            await self.world.clock.sleep(_LOOK_EVERY)

    async def _step(self) -> TakenBack | None:
        """Look once, and take at most one step; return how it ended, once it has."""
        seen = await look_at_way_back(self.ref, self.world)
        self._faults = 0
        self._was_suspended = seen.suspended
        match seen.state:
            case Leave() if self._made:
                return self._ended(Ending.FAILED, _AGAIN)
            case Leave() | OnItsWay() if not self._suspended:
                await self.suspend(self.ref)
                self._suspended = True
                return await self._step()  # From a look that is as fresh as can be.
            case Leave() as leave:
                await self._leave(leave)
            case IsBack(came_from=came_from, went_to=went_to):
                moved = self._made or self._suspended
                back = self._ended(Ending.BACK if moved else Ending.ALREADY, None)
                return replace(back, came_from=came_from, went_to=went_to)
            case Stays(reason=reason):
                return self._ended(Ending.FAILED if self._made else Ending.REFUSED, reason)
            case OnItsWay():
                pass
        return None

    async def _leave(self, leave: Leave) -> None:
        """Make the move, if what it was decided over is still there.

        A deployment that can no longer be stopped, or an answer that was lost, is looked at again.
        """
        if not await self._is_still_there(leave.move.over):
            return
        at = self.world.clock.now()
        error: AwsError | None = None
        try:
            await act(leave.move, self.writers)
            self._made = True
        except AwsError as refused:
            error = refused
        record = by_hand(self.ref, leave.move, at, came_from=leave.came_from, error=error)
        self._writes.append(record)
        self.tell(record)
        may_pass = isinstance(error, ConflictError | LostError) and len(self._writes) < _TRIES
        if error is not None and not may_pass:
            raise error

    async def _is_still_there(self, deployment: str) -> bool:
        service = await self.world.ecs[self.ref.region].service(self.ref)
        primary = service.primary if isinstance(service, Service) else None
        return primary is not None and primary.id == deployment

    def _fault(self, error: RetryError) -> TakenBack | None:
        """Go on after a fault that may pass, but not for ever."""
        self._faults += 1
        if self._faults < _TRIES:
            return None
        return self._ended(Ending.FAILED, reason_of(error))

    def _ended(self, ending: Ending, reason: Reason | None) -> TakenBack:
        return TakenBack(self.ref, ending, reason)


def ended_before(seen: ToTakeBack) -> TakenBack | None:
    """Return how it has ended before anything is begun; None where there is something to do."""
    match seen.state:
        case IsBack(came_from=came_from, went_to=went_to):
            return TakenBack(
                seen.ref, Ending.ALREADY, None, came_from, went_to, suspended=seen.suspended
            )
        case Stays(reason=reason):
            return TakenBack(seen.ref, Ending.REFUSED, reason, suspended=seen.suspended)
        case _:
            return None
