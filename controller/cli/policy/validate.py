"""`policy validate`: whether policies are valid, and every problem at its place."""

from __future__ import annotations

from pathlib import Path

import click

from controller.app.policies import load
from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.reporting import Output, Reporting
from controller.report import validated


@click.command("validate")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@options.OUTPUT
@click.pass_context
def command(context: click.Context, *, paths: tuple[Path, ...], output: str) -> None:
    """Tell whether policies are valid, and every problem at its place.

    PATH is a file or a directory of policies. All are judged together, as they would govern
    together: names and priorities must differ. Exit code 2 tells that they are not valid.
    """
    parsed = load(paths)
    Reporting(Output(output)).say(
        lambda page: validated.render(parsed, page),
        lambda: validated.structure(parsed),
    )
    context.exit(ExitCode.USAGE if parsed.policies is None else ExitCode.CLEAN)
