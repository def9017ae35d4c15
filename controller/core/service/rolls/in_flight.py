"""Whether a roll of ours, or the return from it, holds a place in the budget."""

from __future__ import annotations

from typing import Final

from controller.core.move import Look
from controller.core.service.observed import Observed
from controller.core.service.rolls.phases import (
    AwaitingPerson,
    Baking,
    Deploying,
    Failed,
    GoingBack,
    Phase,
    Rolling,
    Unclear,
    Unsteady,
)
from controller.core.service.rolls.returning import is_returning

GOING: Final = (
    Rolling,
    Deploying,
    AwaitingPerson,
    Baking,
    Unsteady,
    Failed,
    GoingBack,
    Unclear,
    Look,
)
"""The phases in which a roll has neither succeeded nor ended."""


def is_in_flight(observed: Observed, current: Phase) -> bool:
    """Tell whether the roll, or the return from it, still holds a place in the budget."""
    return isinstance(current, GOING) or is_returning(observed)
