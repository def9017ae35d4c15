"""Notices: what people should know besides how each target stands, of one look at a fleet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from controller.core.outcome import Outcome
from controller.core.policy.exception import PolicyException
from controller.core.policy.exceptions_report import notices_on, unused
from controller.core.reason import Reason
from controller.core.refs import ServiceRef


def notices(
    outcomes: Sequence[Outcome],
    exceptions: Iterable[PolicyException],
    *,
    whole: bool,
    now: datetime,
) -> tuple[Reason, ...]:
    """Return what is to be said at *now* of exceptions and of owners' tags.

    *whole* tells whether *outcomes* are of all services that there are: only then is it known that
    an exception exempts nothing.
    """
    exceptions = tuple(exceptions)
    told = [*notices_on(exceptions, now)]
    if whole and all(one.observed for one in outcomes):
        findings = (finding for one in outcomes for finding in one.findings)
        used = {one.exempt_by for one in findings if one.exempt_by is not None}
        told.extend(unused(exceptions, used, now))
    return (*told, *_of_owners(outcomes))


def _of_owners(outcomes: Iterable[Outcome]) -> Iterator[Reason]:
    for one in outcomes:
        name = (
            f"{one.ref.cluster}/{one.ref.name}" if isinstance(one.ref, ServiceRef) else one.ref.name
        )
        for warning in one.warnings:
            yield Reason("OwnerTag", f"{name}: {warning}", "Tell the owner of the service.")
