"""What people should know of the exceptions themselves: over, soon over, or of no use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from controller.core.policy.exception import PolicyException
from controller.core.reason import Reason

SOON: Final = timedelta(days=14)


def notices_on(exceptions: Iterable[PolicyException], now: datetime) -> Iterator[Reason]:
    """Yield what is to be said at *now* of exceptions that are over, or will be within SOON."""
    for one in exceptions:
        if one.is_over(now):
            told = f"the exception {one.name} is over since the end of {one.expires}"
            yield Reason("ExceptionExpired", told, f"Remove it{_owner(one)}.")
        elif now >= one.ends - SOON:
            told = f"the exception {one.name} ends with {one.expires}, in {_left(one.ends - now)}"
            remedy = f"What it exempts is then held to the policy{_owner(one)}."
            yield Reason("ExceptionExpiresSoon", told, remedy)


def unused(
    exceptions: Iterable[PolicyException], used: Collection[str], now: datetime
) -> Iterator[Reason]:
    """Yield what is to be said of exceptions in force that are not among *used*, by name.

    That is known only when the whole fleet was looked at. Of two that exempt the same, the first
    by name is used.
    """
    for one in exceptions:
        if not one.is_over(now) and one.name not in used:
            told = f"the exception {one.name} exempts nothing: nothing that it is for differs"
            yield Reason("ExceptionUnused", told, f"Remove it, or mend its match{_owner(one)}.")


def _owner(exception: PolicyException) -> str:
    said = ", ".join(one for one in (exception.owner, exception.ticket) if one is not None)
    return f" ({said})" if said else ""


def _left(left: timedelta) -> str:
    return f"{left.days} days" if left.days > 1 else "less than two days"
