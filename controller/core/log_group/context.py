"""What a rule for log groups may know besides the group."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.log_group.claims import Joined


@dataclass(frozen=True, slots=True)
class LogGroupContext:
    """What is asked of the group, and the name of this instance of the controller."""

    joined: Joined
    instance: str
