"""`inventory show`: what a saved inventory holds."""

from __future__ import annotations

from pathlib import Path

import click

from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.inventories import inventory_of
from controller.cli.reporting import Output, Reporting
from controller.report.inventory import render, structure


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@options.OUTPUT
@click.pass_context
def command(context: click.Context, *, file: Path, output: str) -> None:
    """Show what an inventory holds, and what it could not see.

    FILE is one that `inventory save` wrote. Exit code 2 tells that it is none.
    """
    inventory = inventory_of(file)
    Reporting(Output(output)).say(
        lambda page: render(inventory, page),
        lambda: structure(inventory),
    )
    context.exit(ExitCode.CLEAN)
