"""Who claims what of log groups: so that all who log to one are heard before it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from controller.core.judge.claim import LogGroupClaim, collide
from controller.core.refs import LogGroupRef, ServiceRef


@dataclass(slots=True)
class Claimers:
    """The claims that services were last seen to make, by log group."""

    _claims: dict[ServiceRef, tuple[LogGroupRef, ...]] = field(default_factory=dict)
    _claimers: dict[LogGroupRef, dict[ServiceRef, LogGroupClaim]] = field(default_factory=dict)
    _fresh: list[LogGroupRef] = field(default_factory=list)

    def claim(
        self, ref: ServiceRef, claims: Mapping[LogGroupRef, LogGroupClaim]
    ) -> tuple[ServiceRef, ...]:
        """Let *claims* be all that the service claims.

        Return who collides with what it did not claim before: what was said of them did not know.
        """
        before = self._claims.pop(ref, ())
        for group in before:
            self._claimers[group].pop(ref, None)
        met: dict[ServiceRef, None] = {}
        for group, claim in claims.items():
            claimers = self._claimers.setdefault(group, {})
            if claim.asks and not any(one.asks for one in claimers.values()):
                self._fresh.append(group)
            if group not in before:
                met.update((one, None) for one, other in claimers.items() if collide(claim, other))
            claimers[ref] = claim
        self._claims[ref] = tuple(claims)
        return tuple(met)

    @property
    def all(self) -> Mapping[LogGroupRef, Mapping[ServiceRef, LogGroupClaim]]:
        """All claims, as they are now and will be: a view."""
        return MappingProxyType(self._claimers)

    def claimed(self) -> frozenset[LogGroupRef]:
        """Return the log groups of which some service asks anything."""
        return frozenset(group for group in self._claimers if self.claimers_of(group))

    def newly_claimed(self) -> tuple[LogGroupRef, ...]:
        """Return, once, the log groups of which nobody asked anything before."""
        fresh, self._fresh = tuple(self._fresh), []
        return fresh

    def claimers_of(self, group: LogGroupRef) -> tuple[ServiceRef, ...]:
        """Return the services that ask anything of the log group."""
        return tuple(ref for ref, one in self._claimers.get(group, {}).items() if one.asks)

    def claims_on(self, group: LogGroupRef) -> tuple[LogGroupClaim, ...]:
        """Return the claims of all services on the log group, also of those that only use it."""
        return tuple(self._claimers.get(group, {}).values())
