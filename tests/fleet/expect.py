"""What is expected: reading reports as a person would."""

from __future__ import annotations

from controller.core.outcome import Outcome
from controller.core.reason import Health, Sync
from controller.core.refs import Ref
from controller.core.report import Report


def outcome(report: Report, ref: Ref) -> Outcome:
    """Return what a report says of one target."""
    return next(one for one in report.outcomes if one.ref == ref)


def reason(report: Report, ref: Ref) -> str | None:
    """Return the code of the reason that a report gives for one target."""
    said = outcome(report, ref).reason
    return None if said is None else said.code


def is_compliant(report: Report, ref: Ref) -> bool:
    """Tell whether a target is as the policy says, and at rest."""
    one = outcome(report, ref)
    return (one.sync, one.health, one.reason) == (Sync.COMPLIANT, Health.HEALTHY, None)
