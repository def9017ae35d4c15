"""The kill switch, where there is one, says `off`, read a moment ago."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.observed import NotAsked

PART = "kill_switch"


def kill_switch(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `KillSwitch` what the switch does not let start; a reading ages in 10 seconds."""
    seen = candidate.observed.kill_switch
    if isinstance(seen, NotAsked) or not seen.is_fresh(candidate.now):
        return Look(PART)
    return None if seen.stops is None else Wait(seen.stops)
