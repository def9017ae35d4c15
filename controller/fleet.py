"""What was last seen of every target: judged values only, lost with the process and seen again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from controller.claimers import Claimers
from controller.core.judge.claim import LogGroupClaim
from controller.core.move import Move, Redeploy, Return
from controller.core.pace.traffic import RollResult, Sighting, Traffic
from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef
from controller.wave_line import WaveLine

_GIVEN_UP_AFTER: Final = 5
"""Looks that failed in a row, after which a service no longer keeps the others waiting."""

_MOST_GIVEN_UP: Final = 0.1
"""The share of services that may be given up: where more cannot be seen, AWS itself is down."""

_OTHERWISE: Final = timedelta(hours=1)
_REFUSED_FOR: Final[Mapping[type[Move], timedelta]] = MappingProxyType(
    {Return: timedelta(minutes=5), Redeploy: timedelta(minutes=5)}
)
"""How long a move that AWS refused is not tried again: permissions do not change by the minute."""


@dataclass(slots=True)
class Fleet:
    """The services that discovery found, what each was seen to do, and what it claims.

    `whole` says whether discovery could see every service of its accounts and Regions.
    """

    whole: bool = False
    _expected: set[ServiceRef] | None = None
    _sightings: dict[ServiceRef, Sighting] = field(default_factory=dict)
    claims: Claimers = field(default_factory=Claimers)
    _line: dict[ServiceRef, None] = field(default_factory=dict)
    _waves: WaveLine = field(default_factory=WaveLine)
    _places: int = 0
    _opened: bool = False
    _unseen: set[ServiceRef] = field(default_factory=set)
    _failures: dict[ServiceRef, int] = field(default_factory=dict)
    _tidy: set[ServiceRef] = field(default_factory=set)
    _refused: dict[ServiceRef, dict[type[Move], datetime]] = field(default_factory=dict)
    _registered: set[str] = field(default_factory=set)
    _marked: set[tuple[ServiceRef, str]] = field(default_factory=set)
    _slots: set[ServiceRef] = field(default_factory=set)
    _rolls: dict[ServiceRef, tuple[RollResult, ...]] = field(default_factory=dict)
    _stopped: dict[tuple[str, str], str] = field(default_factory=dict)
    _remembered: set[str] = field(default_factory=set)

    def expect(self, refs: Collection[ServiceRef], *, whole: bool) -> None:
        """Take note of what discovery found; whatever is no longer there is forgotten."""
        self._expected, self.whole = set(refs), whole
        for gone in (
            self._sightings.keys() | self._unseen | self._failures.keys()
        ) - self._expected:
            self.forget(gone)

    def policies_changed(self) -> tuple[ServiceRef, ...]:
        """Count nobody as seen any more, as after a restart, and return who is to be seen anew.

        What was judged by other policies must neither meet what is judged by these, as claims on
        one log group do, nor keep it from being tried.
        """
        for ref in tuple(self._sightings):
            self._claim(ref, {})
        self._sightings.clear()
        self._refused.clear()
        self._opened = False
        return tuple(sorted(self._expected or ()))

    def saw(self, sighting: Sighting, claims: Mapping[LogGroupRef, LogGroupClaim]) -> None:
        """Take note of what a service was seen to do and what it claims."""
        before = self._sightings.get(sighting.ref)
        if before is not None and before.in_flight and not sighting.in_flight:
            self._places += 1
        self._sightings[sighting.ref] = sighting
        self._claim(sighting.ref, claims)
        self._rolls[sighting.ref] = sighting.rolls
        self._waves.leave(sighting.ref)
        self._waves.heed(before, sighting)
        self._unseen.discard(sighting.ref)
        self._failures.pop(sighting.ref, None)
        if sighting.in_flight:
            self._slots.discard(sighting.ref)

    def could_not_see(self, ref: ServiceRef) -> None:
        """Take note that a service cannot be seen at all: it is nothing that we could roll."""
        if ref not in self._sightings:
            self._unseen.add(ref)
        self.free_slot(ref)

    def failed_to_see(self, ref: ServiceRef) -> None:
        """Take note that a fault kept a service from being seen; it may pass, or never."""
        if ref not in self._sightings:
            self._failures[ref] = self._failures.get(ref, 0) + 1

    def forget(self, ref: ServiceRef) -> None:
        """Forget a service that is gone; should it come again, it is new."""
        if self._expected is not None:
            self._expected.discard(ref)
        self._waves.heed(self._sightings.pop(ref, None))
        self._unseen.discard(ref)
        self._failures.pop(ref, None)
        self._claim(ref, {})
        self._line.pop(ref, None)
        self._rolls.pop(ref, None)
        self._waves.leave(ref)
        self.free_slot(ref)

    def rolls_of(self, ref: ServiceRef) -> tuple[RollResult, ...]:
        """Return the rolls of the service as they were last told, whatever policies judged it."""
        return self._rolls.get(ref, ())

    def is_known(self, ref: ServiceRef) -> bool:
        """Tell whether the service has been looked at, with whatever success."""
        return ref in self._sightings or ref in self._unseen or ref in self._failures

    def is_tidy(self, ref: ServiceRef) -> None:
        """Take note that no revision of ours lies about in the service's family."""
        self._tidy.add(ref)

    def is_untidy(self, ref: ServiceRef) -> None:
        """Take note that a revision of ours may lie about there: one is about to be registered."""
        self._tidy.discard(ref)

    def was_tidied(self, ref: ServiceRef) -> bool:
        """Tell whether the family was looked through since the process started or registered."""
        return ref in self._tidy

    def hold_slot(self, ref: ServiceRef) -> None:
        """Count the service as being rolled until it is seen to be, or `free_slot` is called."""
        self._slots.add(ref)
        self._waves.heed(self._sightings.get(ref))

    def free_slot(self, ref: ServiceRef) -> None:
        """Give back the place in the budget that the service holds, if it holds one."""
        if ref in self._slots:
            self._slots.discard(ref)
            self._places += 1
            self._waves.heed(self._sightings.get(ref))

    def line_up(self, ref: ServiceRef) -> None:
        """Let the service wait until there is room in the budget."""
        self.free_slot(ref)
        self._line[ref] = None

    def wait_for_wave(self, ref: ServiceRef) -> None:
        """Let the service wait until its policy has come further in its waves."""
        self.free_slot(ref)
        self._waves.join(ref)

    def next_in_line(self) -> tuple[ServiceRef, ...]:
        """Return, once, those who may find room now that others have made it.

        Two are called for each place, since one may be refused for a reason of its own. All are
        called when the fleet has just been seen whole, and nobody before. Those who wait for a wave
        are called, all of them, whenever their policy has come further.
        """
        if not self.complete:
            self._opened = False
            return ()
        called = tuple(self._line)[: 2 * self._places] if self._opened else tuple(self._line)
        self._opened, self._places = True, 0
        for ref in called:
            del self._line[ref]
        return tuple(dict.fromkeys((*called, *self._waves.called(self._sightings, self._slots))))

    def was_refused(self, ref: Ref, move: Move, at: datetime) -> None:
        """Take note that AWS refused *move*, made for *ref*; its place in the budget is free."""
        if isinstance(ref, ServiceRef):
            self._refused.setdefault(ref, {})[type(move)] = at
            self.free_slot(ref)

    def refused(self, ref: ServiceRef, now: datetime) -> frozenset[type[Move]]:
        """Return the kinds of moves that AWS refused to make on the service within the hour."""
        kinds = self._refused.get(ref, {}).items()
        return frozenset(
            kind for kind, at in kinds if now - at < _REFUSED_FOR.get(kind, _OTHERWISE)
        )

    def has_marked(self, ref: ServiceRef, arn: str) -> None:
        """Take note that this process marked the revision as failed for the service."""
        self._marked.add((ref, arn))

    def has_registered(self, arn: str) -> None:
        """Take note that this process registered the revision: if it is damaged, ECS did it."""
        self._registered.add(arn)

    def stop_registering(self, account: str, region: str, revision: str) -> None:
        """Let nothing more be registered in the account and Region, because of *revision*.

        It ends with the process, or when a cluster `has_remembered` it: a person can lift that.
        """
        self._stopped[account, region] = revision

    def has_remembered(self, cluster: ClusterRef, arn: str) -> None:
        """Take note that the cluster was tagged with a revision that ECS did not keep as sent."""
        self._remembered.add(arn)
        self._stopped.pop((cluster.account, cluster.region), None)

    @property
    def complete(self) -> bool:
        """Tell whether every service that discovery found has been looked at.

        A few that fail to be seen, again and again, do not count: they must not stop the others.
        """
        if self._expected is None:
            return False
        left = self._expected - self._sightings.keys() - self._unseen
        given_up = all(self._failures.get(ref, 0) >= _GIVEN_UP_AFTER for ref in left)
        return given_up and len(left) <= max(1, len(self._expected) * _MOST_GIVEN_UP)

    @property
    def sees_all(self) -> bool:
        """Tell whether every service of the accounts and Regions was found and looked at."""
        return self.whole and self.complete and not self._unseen and not self._failures

    def traffic(self, ref: Ref) -> Traffic:
        """Return the fleet as *ref* must see it when it asks to be changed."""
        return Traffic(
            complete=self.complete,
            whole=self.sees_all,
            sightings=MappingProxyType(self._sightings),
            slots=frozenset(self._slots),
            registered=frozenset(self._registered),
            marked=frozenset(self._marked),
            stopped=self._stopped.get((ref.account, ref.region)),
            remembered=frozenset(self._remembered),
            claims=self.claims.all,
        )

    def services(self) -> tuple[ServiceRef, ...]:
        """Return the services that were seen."""
        return tuple(self._sightings)

    def has_services_in(self, cluster: ClusterRef) -> bool:
        """Tell whether discovery found any service in the cluster."""
        return any(ref.cluster_ref == cluster for ref in self._expected or ())

    def _claim(self, ref: ServiceRef, claims: Mapping[LogGroupRef, LogGroupClaim]) -> None:
        self._line.update(dict.fromkeys(self.claims.claim(ref, claims)))
