"""`status`: what goes on in the fleet, once or again and again."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.policies import policies_of
from controller.cli.reporting import Output, Reporting, page
from controller.core.state.kill_switch import Place
from controller.errors import AwsError
from controller.settings import Settings

if TYPE_CHECKING:  # rich takes a while: not before something is shown
    from controller.core.status import Status

_EVERY: Final = 5.0
"""Seconds between two looks of a watch: a roll moves in steps of about that."""


@click.command("status")
@options.OPTIONAL_POLICY
@options.place
@options.KILL_SWITCH
@options.option("--watch", is_flag=True, help="Show it again every few seconds, until Ctrl-C.")
@options.OUTPUT
@click.pass_context
def command(
    context: click.Context,
    *,
    settings: Settings,
    kill_switch: Place | None,
    watch: bool,
    output: str,
) -> None:
    """Show what goes on: rolls, waits, holds, and what is paused.

    It writes nothing. It is read from AWS each time, and from nowhere else, so it shows what any
    controller sees.
    With --policy it tells what waits, and for what; without, just what was begun and said.
    """
    stated = replace(settings, kill_switch=kill_switch)
    policies = policies_of(settings.policies) if settings.policies else None
    app, reporting = app_of(context), Reporting(Output(output))

    def look() -> Status:
        return asyncio.run(app.status(stated, policies))

    if watch:
        _watch(look, reporting)
        context.exit(ExitCode.CLEAN)
    status = look()
    _say(status, reporting)
    context.exit(ExitCode.of(violations=False, incomplete=bool(status.gaps)))


def _watch(look: Callable[[], Status], reporting: Reporting) -> None:
    """Show what *look* returns again and again, until Ctrl-C."""
    show = _redraw if reporting.output is Output.TABLE and sys.stdout.isatty() else _append
    try:
        show(look, reporting)
    except KeyboardInterrupt:
        return


def _append(look: Callable[[], Status], reporting: Reporting) -> None:
    """Show one below the other: for a file, a pipe, a program."""
    while True:
        try:
            status = look()
        except AwsError as error:
            click.echo(f"Not seen: {error}", err=True)
        else:
            if reporting.output is Output.YAML:
                click.echo("---")
            _say(status, reporting)
            if reporting.output is Output.TABLE:
                click.echo()
            sys.stdout.flush()
        time.sleep(_EVERY)


def _redraw(look: Callable[[], Status], reporting: Reporting) -> None:
    """Show each in the place of the one before it."""
    from rich.console import Console  # noqa: PLC0415  # rich takes a while
    from rich.live import Live  # noqa: PLC0415  # rich takes a while
    from rich.text import Text  # noqa: PLC0415  # rich takes a while

    from controller.report.status import table  # noqa: PLC0415  # rich takes a while

    with Live(Text("Looking at the fleet …"), console=Console(), auto_refresh=False) as live:
        while True:
            try:
                shown = Text.from_ansi(table.render(look(), page()))
            except AwsError as error:
                shown = Text(f"Not seen, and to be looked at again: {error}")
            live.update(shown, refresh=True)
            time.sleep(_EVERY)


def _say(status: Status, reporting: Reporting) -> None:
    from controller.report.status import structure, table  # noqa: PLC0415  # rich takes a while

    reporting.say(lambda page: table.render(status, page), lambda: structure.structure(status))
