"""That the corrected logging was taken off a service again, in the words that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from controller.core.service.releases import Undoing

WHERE_THE_PATCH_IS: Final = (
    "Take the patch that `ecs-logging plan` shows to the source of the task definition."
)


def told_of(undone: Sequence[Undoing]) -> str:
    """Return who took the corrected logging off, how often, and when last; *undone* is not empty.

    The latest is the first of them.
    """
    last = undone[0]
    reverts = sum(one.is_revert for one in undone)
    times = "once" if len(undone) == 1 else f"{len(undone)} times"
    plain = f" ({reverts} of them with nothing else changed)" if reverts else ""
    brought = "that can no longer be read" if last.by is None else f"that {last.by} registered"
    return (
        f"the corrected logging was taken off {times}{plain}, "
        f"last at {last.at:%Y-%m-%d %H:%M} UTC by a revision {brought}"
    )
