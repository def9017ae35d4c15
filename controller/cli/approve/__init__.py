"""`approve`: the verbs by which a person says yes to what is held until then."""

from __future__ import annotations

from typing import Final

from controller.cli.verbs import Verb, Verbs

VERBS: Final = (Verb("policy", "Let a set of policies come in force, whatever it changes."),)

command: Final = Verbs(
    "approve",
    verbs=VERBS,
    package=__name__,
    help="Say yes to what is held until a person does.",
)
