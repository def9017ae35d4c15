"""Waves: who is rolled before whom, and what one wave must have shown before the next begins.

One service goes first of all, alone, and proves the change to the others. All of it follows from
what the fleet was last seen to do: no wave is remembered as begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from controller.core.move import Wait
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.select import Subject, fits_any
from controller.core.policy.wave import REST, Promotion, Wave
from controller.core.reason import Reason
from controller.core.refs import ServiceRef

OF_WAVES: Final = frozenset({"WaitingForCanary", "WaitingForPromotion", "WaitingForWave"})
"""The codes of what a service waits for here."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A service that asks whether its wave has come: see Sighting for `wave` and the others.

    `approved` is the number of the last wave that a person has let begin under these policies, -1
    for none.
    """

    ref: ServiceRef
    policy: LoggingPolicy
    wave: int | None
    canary_eligible: bool
    approved: int = -1


def wave_of(waves: Sequence[Wave], subject: Subject) -> int | None:
    """Return the number of a service's wave, from 0; None where that cannot be told.

    It is the first that selects the service. Whom none selects comes after all of them, or with the
    last if that selects the rest.
    """
    for number, wave in enumerate(waves):
        fits = True if not wave.match else fits_any(wave.match, subject)
        if fits is None:
            return None
        if fits:
            return number
    return len(waves)


def name_of(waves: Sequence[Wave], number: int) -> str:
    """Return what the wave with this number is called."""
    return waves[number].name if number < len(waves) else REST


def approved_up_to(said: str | None, waves: Sequence[Wave], digest: str) -> int:
    """Return the number of the last wave that a person has let begin; -1 for none.

    *said* is `<wave> <digest>`, as the cluster remembers it: it holds for the set of policies with
    this short digest alone.
    """
    name, _, under = (said or "").rpartition(" ")
    if under != digest:
        return -1
    names = [*(wave.name for wave in waves), REST]
    return names.index(name) if name in names else -1


def may_begin(asking: Asking, traffic: Traffic, now: datetime) -> Wait | None:
    """Return None if the wave of the service has come, else what it waits for.

    A service that holds a place already has been let through. A wave that a person has let begin
    waits for nothing. A wait without a time ends when the policy has come further, or by a person.
    """
    if not asking.policy.rollout.waves or asking.ref in traffic.slots:
        return None
    if asking.wave is None:
        return Wait(_untold(asking))
    if asking.wave <= asking.approved:
        return None
    if not traffic.complete:
        told = "the fleet has not been seen whole yet, so it is not known which wave has come"
        return Wait(Reason("WaitingForWave", told, "It goes on by itself."))
    return _waits_for_canary(asking, traffic, now) or _waits_for_waves(asking, traffic, now)


def _waits_for_canary(asking: Asking, traffic: Traffic, now: datetime) -> Wait | None:
    """Wait until one service has gone first, alone, and succeeded under the present policies.

    It is one of the first wave in which anything is left to roll. What an earlier set brought, and
    proved, says nothing of what this one brings.
    """
    waves = asking.policy.rollout.waves
    governed = _governed(asking.policy, traffic)
    proofs = [one.evidence for one in governed if one.evidence is not None and one.canary_eligible]
    wanting = [one for one in governed if one.rollable and one.wants is not None]
    number = min((one.wave for one in wanting if one.wave is not None), default=asking.wave or 0)
    number = min(number, asking.wave or 0)
    left = [one for one in wanting if one.wave == number and one.canary_eligible]
    if proofs:
        baked = min(proofs) + waves[0].bake
        told = "the service that went first is watched a while"
        return None if baked <= now else _waits(asking, Reason("WaitingForCanary", told), baked)
    flying = sorted(_flying(asking, traffic))
    if flying:
        return _waits(asking, Reason("WaitingForCanary", f"{_short(flying[0])} goes first, alone"))
    if asking.wave == number and asking.canary_eligible:
        return None
    wave = name_of(waves, number)
    if left:
        told = f"one of the wave {wave} goes first, alone, such as {_short(left[0].ref)}"
        return _waits(asking, Reason("WaitingForCanary", told))
    told = f"none of the wave {wave} can go first: a REPLICA service with tasks, to be rolled"
    return _waits(asking, Reason("WaitingForCanary", told))


def _waits_for_waves(asking: Asking, traffic: Traffic, now: datetime) -> Wait | None:
    waves, number = asking.policy.rollout.waves, asking.wave or 0
    before = [
        one
        for one in _governed(asking.policy, traffic)
        if one.wave is not None and one.wave < number and one.rollable
    ]
    left = sorted((one for one in before if _is_left(one, traffic)), key=lambda one: one.ref)
    if left:
        first = min(one.wave or 0 for one in left)
        told = (
            f"{len(left)} services of the waves before are still to be rolled, or not healthy: "
            f"first {_short(left[0].ref)} of the wave {name_of(waves, left[0].wave or first)}"
        )
        return _waits(asking, Reason("WaitingForWave", told))
    baked = _baked(before, waves)
    if baked is not None and baked > now:
        told = f"the wave {name_of(waves, number - 1)} is watched a while"
        return _waits(asking, Reason("WaitingForWave", told), baked)
    manual = [wave.name for wave in waves[:number] if wave.promotion is Promotion.MANUAL]
    if not manual:
        return None
    told = f"the wave {manual[-1]} is healthy, and a person lets the next begin"
    return _waits(asking, Reason("WaitingForPromotion", told))


def _governed(policy: LoggingPolicy, traffic: Traffic) -> list[Sighting]:
    return [one for one in traffic.sightings.values() if one.policy == policy.name]


def _flying(asking: Asking, traffic: Traffic) -> frozenset[ServiceRef]:
    """Return who else is being rolled under the policy, or was begun by one that is gone."""
    elsewhere = {
        one.ref
        for one in traffic.sightings.values()
        if one.policy not in {asking.policy.name, None}
    }
    return traffic.in_flight(asking.ref) - elsewhere


def _is_left(one: Sighting, traffic: Traffic) -> bool:
    return not one.is_done or one.ref in traffic.slots


def _short(ref: ServiceRef) -> str:
    return f"{ref.cluster}/{ref.name}"


def _last_roll(one: Sighting) -> datetime | None:
    return max((roll.ended or roll.at for roll in one.rolls), default=None)


def _baked(before: Iterable[Sighting], waves: Sequence[Wave]) -> datetime | None:
    """Return when the waves of these services have been healthy for long enough."""
    ended = ((one, _last_roll(one)) for one in before)
    return max(
        (at + waves[one.wave or 0].bake for one, at in ended if at is not None), default=None
    )


def _untold(asking: Asking) -> Reason:
    told = "it cannot be told to which wave of its policy the service belongs"
    remedy = "Let the controller read the service's tags: see docs/permissions.md."
    return Reason("Unknown", told, remedy)


def _waits(asking: Asking, why: Reason, until: datetime | None = None) -> Wait:
    """Return the wait, with the word by which a person ends it."""
    name = name_of(asking.policy.rollout.waves, asking.wave or 0)
    yes = f"ecs-logging approve wave {asking.policy.name}/{name}"
    if why.code == "WaitingForPromotion":
        return Wait(replace(why, remedy=f"Let it begin: {yes}"))
    remedy = f"It goes on by itself; not to wait for that: {yes}"
    return Wait(replace(why, remedy=remedy), until)
