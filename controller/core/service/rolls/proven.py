"""What a roll that has succeeded proves: that the containers can log by the drivers it brought."""

from __future__ import annotations

from controller.core.service.observed import Observed
from controller.core.service.rolls.phases import Phase, Proven


def proven_drivers(observed: Observed, current: Phase) -> frozenset[str]:
    """Return the log drivers to which a roll of ours has moved the service, and succeeded.

    What logged by a driver before proves nothing of a move to it.
    """
    revision = observed.revision
    if not isinstance(current, Proven) or not revision.is_ours(observed.identity):
        return frozenset()
    return revision.new_drivers
