"""The command line: a table of verbs, each of which is imported only when it is used."""

from __future__ import annotations

from typing import Final

import click

from controller.cli.program import Program
from controller.cli.verbs import Verb

VERBS: Final = (
    Verb("audit", "Show how the fleet stands to the policies; writes nothing."),
    Verb("plan", "Show every change in full, and what holds it; writes nothing."),
    Verb("apply", "Correct what may be corrected, or just what a plan file names."),
    Verb("run", "Run the controller; in Audit unless told to enforce."),
    Verb("pause", "Let nothing new begin in clusters."),
    Verb("resume", "Let go on what was paused or suspended, or a line that stopped."),
    Verb("suspend", "Let nothing new begin on SERVICE, such as prod/web."),
    Verb("approve", "Say yes to what is held: a service, policy, wave or account."),
    Verb("rollback", "Take services back to what they ran before the last roll."),
    Verb("status", "Show what goes on: rolls, waits, holds, and what is paused."),
    Verb("check", "Judge task definitions in files before they are deployed."),
    Verb("explain", "Tell why a service stands as it does, or what a name means."),
    Verb("inventory", "Keep what runs in a file, to work on without AWS: save, show."),
    Verb("policy", "Work on policies: init, validate, test, impact, schema."),
    Verb("demo", "Watch the controller mend a simulated AWS; needs no account."),
)


def program() -> click.Group:
    """Return the program `ecs-logging`."""
    return Program(
        "ecs-logging",
        verbs=VERBS,
        package=__name__,
        help="Keep the logging of Amazon ECS services as your policies say.",
        epilog="Exit codes: 0 clean, 1 error, 2 usage or invalid policy, 3 violations at or above"
        " --fail-on, 4 incomplete.",
    )


def main() -> None:
    """Run `ecs-logging` with the arguments of the process."""
    program().main(prog_name="ecs-logging")
