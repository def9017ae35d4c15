"""PolicyException: rules that some services need not follow, by whose word, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import Field

from controller.core.policy.day import Day, ends
from controller.core.policy.metadata import PolicyName
from controller.core.policy.selector import ContainerSelector, Selector
from controller.core.policy.written import Written

EVERY_RULE: Final = "*"


class PolicyExceptionSpec(Written):
    """What an exception says, without its name."""

    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of the rules that need not be followed, or "*" for every rule. Required: an exception
    is no wider than somebody meant."""

    match: Annotated[tuple[Selector, ...], Field(min_length=1)]
    """Services that are exempt, if any selector fits. Required, for the same reason."""

    containers: Annotated[tuple[ContainerSelector, ...], Field(min_length=1)] | None = None
    """Containers that are exempt, if any selector fits. Without it, the whole service is, and what
    is not of a container, such as a log group; with it, some rule must be of containers."""

    reason: Annotated[str, Field(min_length=1)]
    """Why, for whoever meets the exception later. Required."""

    expires: Day
    """The last day on which it holds, to its end in UTC: 2027-03-31. Required: what is exempt for
    ever belongs into the policy's `exclude`."""

    owner: Annotated[str, Field(min_length=1)] | None = None
    """Who answers for the exception. Shown where it is told; nobody by default."""

    ticket: Annotated[str, Field(min_length=1)] | None = None
    """Where it was agreed: a number or an address. Shown where it is told; none by default."""


class PolicyException(PolicyExceptionSpec):
    """An exception as the rest of the program knows it: what it says, with its name."""

    name: PolicyName
    """What people, findings and reports call the exception."""

    @property
    def ends(self) -> datetime:
        """Return the first moment at which it no longer holds."""
        return ends(self.expires)

    def is_over(self, now: datetime) -> bool:
        """Tell whether the last day of the exception has ended."""
        return now >= self.ends

    def covers(self, rule: str) -> bool:
        """Tell whether it speaks of a rule, by its id."""
        return EVERY_RULE in self.rules or rule in self.rules
