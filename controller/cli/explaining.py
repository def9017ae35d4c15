"""The look of `explain` into one service: in AWS, or in a saved inventory in its place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from controller.app.offline import explain_offline
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.inventories import inventory_of
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.core.explained_service import ExplainedService
from controller.errors import NotSeenError
from controller.settings import Settings


def looked_into(
    context: click.Context, name: str, settings: Settings, inventory: Path | None
) -> ExplainedService:
    """Return why the service *name* stands as it does, by the policies of *settings*.

    Of an *inventory* it says how it stood when that was taken; AWS is not asked. Where the service
    could not be seen, say so and end with exit code 4.
    """
    try:
        return _looked_into(context, name, settings, inventory)
    except NotSeenError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(ExitCode.INCOMPLETE) from error


def _looked_into(
    context: click.Context, name: str, settings: Settings, inventory: Path | None
) -> ExplainedService:
    policies = policies_of(settings.policies)
    if inventory is None:
        with progress("Looking at the fleet") as tell:
            return asyncio.run(app_of(context).explain(name, settings, policies, tell))
    saved = inventory_of(inventory)
    with progress("Looking at the inventory") as tell:
        found = asyncio.run(explain_offline(name, saved, settings, policies, tell))
    return replace(found, inventory=str(inventory))
