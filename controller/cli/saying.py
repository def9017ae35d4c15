"""Saying a person's word: shown, asked for on a terminal, written, and told."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.reporting import Output, Reporting, page
from controller.settings import Settings

if TYPE_CHECKING:
    from controller.core.state.said import Said
    from controller.core.state.word import Heard, Word, Write

R = TypeVar("R")

ALL: Final = options.option("--all", "every", is_flag=True, help="All clusters of the Regions.")
CLUSTER: Final = options.option(
    "--cluster", multiple=True, callback=options.names, help="Cluster; may be given several times."
)
SERVICE: Final = click.argument("service")


@dataclass(frozen=True, slots=True)
class Speech:
    """Where a person speaks, whether they are asked before it is written, and how it is told."""

    regions: tuple[str, ...]
    output: Output
    yes: bool

    def on_clusters(
        self, context: click.Context, word: Callable[[Said], Word], clusters: tuple[str, ...]
    ) -> None:
        """Say *word* on these clusters, or on all; ends the program with its exit code."""
        self._say(context, word, None, clusters)

    def on_service(
        self, context: click.Context, word: Callable[[Said], Word], service: str
    ) -> None:
        """Say *word* on the service of this name; ends the program with its exit code."""
        self._say(context, word, service, ())

    def _say(
        self,
        context: click.Context,
        word: Callable[[Said], Word],
        service: str | None,
        clusters: tuple[str, ...],
    ) -> None:
        from controller.report import heard as report  # noqa: PLC0415  # rich takes a while

        settings = Settings(policies=(), regions=self.regions, clusters=clusters)
        heard = asyncio.run(app_of(context).say(word, service, settings, self._confirm))
        Reporting(self.output).say(
            lambda page: report.render(heard, page), lambda: report.structure(heard)
        )
        context.exit(_exit_code(heard))

    def _confirm(self, writes: Sequence[Write]) -> bool:
        if self.yes or not sys.stdin.isatty():
            return True
        from controller.report import heard as report  # noqa: PLC0415  # rich takes a while

        click.echo(report.would(writes, page()), err=True, nl=False)
        return click.confirm("Write this?", err=True)


def spoken(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options of all verbs by which people speak, as its argument `speech`."""

    @options.REGION
    @options.option("--yes", is_flag=True, help="Do not ask.")
    @options.OUTPUT
    @wraps(command)
    def gathered(
        *,
        region: tuple[str, ...],
        yes: bool,
        output: str,
        **others: Any,  # the options of the verb itself
    ) -> R:
        return command(speech=Speech(region, Output(output), yes=yes), **others)

    return gathered


def scope(context: click.Context, *, clusters: tuple[str, ...], every: bool) -> tuple[str, ...]:
    """Return the clusters that are meant: () for all. Raises click.UsageError unless it is said.

    What the environment says gives way to what is typed.
    """
    if is_typed(context, "every") and not is_typed(context, "cluster"):
        clusters = ()
    if is_typed(context, "cluster") and not is_typed(context, "every"):
        every = False
    if every == bool(clusters):
        raise click.UsageError("Say where: --cluster NAME, which may be repeated, or --all.")
    return clusters


def is_typed(context: click.Context, parameter: str) -> bool:
    """Tell whether a parameter was typed, rather than taken from the environment."""
    return context.get_parameter_source(parameter) is click.core.ParameterSource.COMMANDLINE


def _exit_code(heard: Heard) -> ExitCode:
    """Return 1 where all failed, 4 where some did."""
    return ExitCode.of(
        error=bool(heard.failed) and not heard.written,
        violations=False,
        incomplete=bool(heard.failed),
    )
