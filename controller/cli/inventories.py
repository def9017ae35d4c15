"""The saved inventory of a verb: it is whole and valid, or nothing is done."""

from __future__ import annotations

from pathlib import Path

import click

from controller.app.offline import open_inventory
from controller.cli.exit_code import ExitCode
from controller.core.inventory_file.model import InventoryFile
from controller.report import problems


def inventory_of(path: Path) -> InventoryFile:
    """Return the inventory in a file; else tell every problem and end with exit code 2."""
    found = open_inventory(path)
    if isinstance(found, tuple):
        click.echo(problems.render(found), err=True, nl=False)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return found
