"""Ask: what a set of policies would roll a service to, now or once what holds it has ended."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One document to which a set would roll a service, by its content digest.

    `held` says by what, for the time being; empty: by nothing. `terms` are what the policy lets a
    roll do. `unknown` says what else of the document cannot be told. `is_sure` False: it cannot be
    told whether the policy governs the service.
    """

    digest: str
    held: tuple[Hashable, ...] = ()
    terms: Hashable = None
    unknown: tuple[str, ...] = ()
    is_sure: bool = True

    @property
    def is_certain(self) -> bool:
        """Tell whether it is known that the service would be rolled, and to what."""
        return self.is_sure and not self.unknown

    def covers(self, later: Ask) -> bool:
        """Tell whether *later*, of another set, brings nothing that this one does not, nor sooner.

        What was held until a certain day, and is not held any more, is something new.
        """
        same = (self.digest, self.terms, self.unknown) == (later.digest, later.terms, later.unknown)
        goes_ahead = self.is_certain and not self.held
        as_unsure = self.is_sure == later.is_sure
        return same and (goes_ahead or (as_unsure and self.held == later.held))


def covered(later: Collection[Ask], before: Collection[Ask]) -> bool:
    """Tell whether a set that asks *before* of a service asks for all that another does *later*."""
    return all(any(one.covers(each) for one in before) for each in later)
