"""How a service stands that a person wants to have taken back from a revision of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.move import Return, Stop
from controller.core.reason import Reason


@dataclass(frozen=True, slots=True)
class Leave:
    """It may be taken back, by `move`: from the revision `came_from` to `went_to`, both ARNs."""

    move: Return | Stop
    came_from: str
    went_to: str


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """It is on its way back, or ECS does not show yet what goes on; `told` says which."""

    told: str


@dataclass(frozen=True, slots=True)
class IsBack:
    """It runs `went_to` again, an ARN, the revision before `came_from`; `since`, if ECS says so."""

    came_from: str
    went_to: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stays:
    """It is not taken back, and why."""

    reason: Reason
