"""`inventory`: the verbs about fleets that were kept in a file."""

from __future__ import annotations

from typing import Final

from controller.cli.verbs import Verb, Verbs

VERBS: Final = (
    Verb("save", "Look at the fleet, and keep what was seen in one file."),
    Verb("show", "Show what an inventory holds, and what it could not see."),
)

command: Final = Verbs(
    "inventory",
    verbs=VERBS,
    package=__name__,
    help="Keep what runs in a file, to work on without AWS.",
)
