"""The phases that a roll of ours may be in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from controller.core.move import Look
from controller.core.reason import Reason


@dataclass(frozen=True, slots=True)
class NotOurs:
    """The service is not set to a revision of ours, or nothing of our roll is left to watch."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """The deployment that we started goes on; it must show progress until `deadline`.

    `awaits` is what it waits for, in words.
    """

    deadline: datetime
    awaits: str = "its tasks to start"


@dataclass(frozen=True, slots=True)
class AwaitingPerson:
    """A lifecycle hook waits for a person [fact 1.24]: that is a gate of theirs, and no hang."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class GoingBack:
    """ECS takes the service back from our revision; `ended` tells that it could not."""

    reason: Reason
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Deploying:
    """CodeDeploy makes the deployment that we asked for, and alone decides how it ends."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Baking:
    """The deployment has completed and is watched until `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Unsteady:
    """The bake is over and not all tasks run; this must be so by `deadline`."""

    deadline: datetime


@dataclass(frozen=True, slots=True)
class Unproven:
    """The roll was made while the service wanted no task, and it wants none yet."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """The service was scaled to zero before its roll had been proven: it is to be unproven now."""


@dataclass(frozen=True, slots=True)
class Earned:
    """The first tasks after such a roll have run well: what was unproven has proven itself."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The roll has succeeded."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The roll has failed, and the service is still set to our revision."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else deployed our revision: that deployment is theirs, not ours."""

    ended: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """How the roll is doing cannot be told, or not before `until`."""

    reason: Reason
    until: datetime | None = None


Phase: TypeAlias = (
    NotOurs
    | Rolling
    | Deploying
    | AwaitingPerson
    | Baking
    | Unsteady
    | Unproven
    | Emptied
    | Earned
    | Proven
    | Failed
    | GoingBack
    | Overtaken
    | Unclear
    | Look
)
