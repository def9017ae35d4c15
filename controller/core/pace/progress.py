"""How far a policy has come in its waves: what those who wait for one must be told of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from controller.core.pace.traffic import Sighting
from controller.core.refs import ServiceRef


@dataclass(frozen=True, slots=True)
class Progress:
    """As long as it stays the same, nobody who waits for a wave can go, save by time or a person.

    `front` is the first wave in which anything is left to do, None where nothing is; `proven` are
    the services on which a correction has proven itself, `flying` those that are being rolled as
    long as there are none.
    """

    front: int | None
    proven: frozenset[ServiceRef]
    flying: frozenset[ServiceRef]


def progress(policy: str, sightings: Iterable[Sighting], slots: Collection[ServiceRef]) -> Progress:
    """Return how far the policy of this name has come, by what was last seen of all services."""
    governed = [one for one in sightings if one.policy == policy]
    left = (one.wave for one in governed if one.wave is not None and not one.is_done)
    proven = frozenset(one.ref for one in governed if one.evidence is not None)
    flying = (one.ref for one in governed if one.in_flight or one.ref in slots)
    return Progress(min(left, default=None), proven, frozenset() if proven else frozenset(flying))
