"""`inventory save`: one look at the fleet, kept in a file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.cli.whole_file import check_place, write_whole
from controller.core.inventory_file.model import InventoryFile
from controller.core.inventory_file.text import text_of
from controller.report.words import counted
from controller.settings import Settings


@click.command("save")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.option(
    "--policy",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Look at what these policies ask for, too; may be given several times.",
)
@options.place
@click.pass_context
def command(context: click.Context, *, settings: Settings, file: Path) -> None:
    """Look at the fleet, and keep what was seen in one file.

    FILE holds no environment value, no secret and no command: of task definitions and services
    only the members that decisions look at, and tags. Nothing is written to AWS. With --policy the
    log groups that these policies would have services log to are looked at as well.

    Exit code 4 tells that something could not be read; the file says what.
    """
    policies = policies_of(settings.policies) if settings.policies else None
    check_place(file)
    with progress("Looking at the fleet"):
        inventory = asyncio.run(app_of(context).save(settings, policies))
    write_whole(file, text_of(inventory))
    click.echo(f"{file}: {_told(inventory)}", err=True)
    incomplete = any(True for _ in inventory.failures)
    context.exit(ExitCode.of(violations=False, incomplete=incomplete))


def _told(inventory: InventoryFile) -> str:
    services = counted(sum(1 for _ in inventory.services), "service")
    failed = sum(1 for _ in inventory.failures)
    if not failed:
        return services
    return (
        f"{services}; {counted(failed, 'question')} without an answer: ecs-logging inventory show"
    )
