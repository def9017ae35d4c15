"""What a rule for log groups may know besides the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.document.unresolved import Unresolved
from controller.core.log_group.claims import Joined


@dataclass(frozen=True, slots=True)
class LogGroupContext:
    """What is asked of the group at `now`, and the name of this instance of the controller.

    `key` is the ARN of the key that is asked for: Unresolved where its alias could not be looked
    up, None where none is asked for.
    """

    joined: Joined
    instance: str
    now: datetime
    key: str | Unresolved | None = None

    @property
    def can_create(self) -> bool:
        """Tell whether a missing group may be made, with all that it can be given only then."""
        return self.joined.create and not isinstance(self.key, Unresolved)
