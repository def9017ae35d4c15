"""The policies in force, and the task that switches them when what is written has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol, TypeAlias

from controller.core.policy.load import PolicyLoad
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Source
from controller.heartbeat import Beat
from controller.ports.clock import Clock

_KEPT: Final = 4
"""Earlier sets that are kept: one that was refused a yes may be mended several times."""

Reading: TypeAlias = tuple[Source | Problem, ...]
"""All that there was to read, in order: a name and its text, or why it could not be read."""


class Written(Protocol):
    """Where policies are written: files today, an object in S3 tomorrow. It raises nothing."""

    async def read(self) -> Reading:
        """Return what is written now; what cannot be read is a problem like any other."""
        ...

    async def parse(self, reading: Reading) -> Parsed:
        """Return the policies that were read, or every problem with them."""
        ...


@dataclass(slots=True)
class InForce:
    """The policies in force, for everybody who asks; only a PolicySource replaces them.

    `earlier` are the last few sets that were in force before, newest first: what they asked for
    already is not counted as a change.
    """

    policies: PolicySet
    earlier: tuple[PolicySet, ...] = ()

    def __call__(self) -> PolicySet:
        """Return the policies in force now. To decide from one set, ask once."""
        return self.policies

    def switch(self, policies: PolicySet) -> None:
        """Put another set in force; one that says the same takes the place of its like."""
        if policies.digest != self.policies.digest:
            self.earlier = (self.policies, *self.earlier)[:_KEPT]
        self.policies = policies


@dataclass(slots=True)
class PolicySource:
    """Reads what is written every `period`, and puts it in force once it stays the same.

    Content decides, not times of change: what was read must come the same twice in a row before
    it is looked into, so that neither half a file is taken over nor half a folder. It is taken
    over whole, or refused whole; what was refused is told once, and again after it has changed.
    *on_switch* is called when another set has come in force.
    """

    written: Written
    in_force: InForce
    clock: Clock
    period: timedelta
    emit: Callable[[PolicyLoad], None]
    on_switch: Callable[[], None]
    refused: tuple[Problem, ...] = ()
    _seen: Reading | None = None
    _judged: Reading | None = None

    async def __call__(self, beat: Beat) -> None:
        """Watch until cancelled."""
        while True:
            beat()
            await self._once()
            await self.clock.sleep(self.period.total_seconds())

    def complaint(self) -> str | None:
        """Tell that what is written is not what is in force, and why; None where all is well."""
        if not self.refused:
            return None
        first, *others = self.refused
        more = f" (and {len(others)} more, see the log)" if others else ""
        return (
            f"what is written now is refused, and the policies with the digest"
            f" {self.in_force.policies.short_digest} stay in force: {first}{more}"
        )

    async def _once(self) -> None:
        reading = await self.written.read()
        is_steady = reading == self._seen
        self._seen = reading
        if is_steady and reading != self._judged:
            self._judged = reading
            self._take(await self.written.parse(reading))

    def _take(self, parsed: Parsed) -> None:
        """Put the set in force, or refuse it; nothing is awaited, so nobody sees half of it."""
        before, after_refusal = self.in_force.policies.digest, bool(self.refused)
        self.refused = parsed.problems
        if parsed.policies is not None:
            self.in_force.switch(parsed.policies)
        load = PolicyLoad(
            self.in_force.policies.digest,
            before,
            problems=parsed.problems,
            after_refusal=after_refusal,
        )
        self.emit(load)
        if load.switched:
            self.on_switch()
