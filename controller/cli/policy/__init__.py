"""`policy`: the verbs about policies themselves."""

from __future__ import annotations

from typing import Final

from controller.cli.verbs import Verb, Verbs

VERBS: Final = (
    Verb("validate", "Tell whether policies are valid, and every problem at its place."),
    Verb("test", "Test what policies make of services, without AWS."),
    Verb("impact", "Tell what a change of policies would change of the fleet."),
    Verb("reference", "Print every key of policies and their tests, as Markdown."),
    Verb("init", "Draft a policy from what runs, or begin with one of the library."),
    Verb("schema", "Print the JSON Schema of policies, for editors."),
)

command: Final = Verbs(
    "policy",
    verbs=VERBS,
    package=__name__,
    help="Work on policies.",
)
