"""Those who wait for a wave, and when they are called: once their policy has come further."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from controller.core.pace.progress import Progress, progress
from controller.core.pace.traffic import Sighting
from controller.core.refs import ServiceRef


@dataclass(slots=True)
class WaveLine:
    """The services that wait for a wave, and how far each policy had come when last asked."""

    _waiting: dict[ServiceRef, None] = field(default_factory=dict)
    _seen: dict[str, Progress] = field(default_factory=dict)
    _stirred: set[str] = field(default_factory=set)

    def join(self, ref: ServiceRef) -> None:
        """Let the service wait."""
        self._waiting[ref] = None

    def leave(self, ref: ServiceRef) -> None:
        """Let the service wait no longer."""
        self._waiting.pop(ref, None)

    def heed(self, *sightings: Sighting | None) -> None:
        """Take note that something was seen by which the services' policies may have moved on."""
        self._stirred.update(
            one.policy for one in sightings if one is not None and one.policy is not None
        )

    def called(
        self, sightings: Mapping[ServiceRef, Sighting], slots: Collection[ServiceRef]
    ) -> tuple[ServiceRef, ...]:
        """Return, once, those whose policy has come further, or whom nobody asks any more."""
        if not self._waiting:
            return ()
        moved = {policy for policy in self._stirred if self._has_moved(policy, sightings, slots)}
        self._stirred.clear()
        known = {ref: sightings.get(ref) for ref in self._waiting}
        called = tuple(ref for ref, one in known.items() if one is None or one.policy in moved)
        for ref in called:
            del self._waiting[ref]
        return called

    def _has_moved(
        self,
        policy: str,
        sightings: Mapping[ServiceRef, Sighting],
        slots: Collection[ServiceRef],
    ) -> bool:
        before = self._seen.get(policy)
        self._seen[policy] = progress(policy, sightings.values(), slots)
        return self._seen[policy] != before
