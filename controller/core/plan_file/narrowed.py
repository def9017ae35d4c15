"""A report narrowed to some of its services, and to what they alone ask of log groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from controller.core.log_group.rules.exists import NAME
from controller.core.outcome import Outcome
from controller.core.refs import LogGroupRef, ServiceRef
from controller.core.report import Report


def narrowed(report: Report, chosen: Collection[ServiceRef]) -> Report:
    """Return *report* with the *chosen* services, and the log groups that may change with them.

    A group that is there already and that others ask for as well stays as it is: they were not
    chosen. One that is still to be made is theirs as much as anybody's.
    """
    return replace(
        report, outcomes=tuple(one for one in report.outcomes if _belongs(one, frozenset(chosen)))
    )


def _belongs(outcome: Outcome, chosen: frozenset[ServiceRef]) -> bool:
    match outcome.ref:
        case ServiceRef() as ref:
            return ref in chosen
        case LogGroupRef():
            asking = frozenset(outcome.claimers)
            return bool(asking & chosen) and (asking <= chosen or _is_to_be_made(outcome))
        case _:
            return False


def _is_to_be_made(outcome: Outcome) -> bool:
    patch = () if outcome.proposal is None else outcome.proposal.patch
    return any(one["path"] == f"/{NAME}" for one in patch)
