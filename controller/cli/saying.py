"""Saying a person's word: shown, asked for on a terminal, written, and told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.asked import YES, asked, is_anybody_there
from controller.cli.exit_code import ExitCode
from controller.cli.reporting import Output, Reporting, page
from controller.settings import Settings

if TYPE_CHECKING:
    from controller.core.state.said import Said
    from controller.core.state.word import Heard, Word, Write

R = TypeVar("R")

# No variable stands for it: ECS_LOGGING_ALL is about what reports list.
ALL: Final = click.option("--all", "every", is_flag=True, help="All clusters of the Regions.")
CLUSTER: Final = options.option(
    "--cluster", multiple=True, callback=options.names, help="Cluster; may be given several times."
)
SERVICE: Final = click.argument("service")


@dataclass(frozen=True, slots=True)
class Speech:
    """Where a person speaks, whether they are asked before it is written, and how it is told.

    `lets_go_on`: it makes less safe, so it is not written unless a person has said yes. What only
    holds back may be said by whoever has no terminal.
    """

    regions: tuple[str, ...]
    output: Output
    yes: bool
    lets_go_on: bool

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

        if self.lets_go_on and not self.yes and not is_anybody_there():
            told = f"{context.command_path} asks a person at a terminal; there is none: say --yes."
            raise click.UsageError(told)
        settings = Settings(policies=(), regions=self.regions, clusters=clusters)
        heard = asyncio.run(app_of(context).say(word, service, settings, self._confirm))
        Reporting(self.output).say(
            lambda page: report.render(heard, page), lambda: report.structure(heard)
        )
        context.exit(_exit_code(heard))

    def _confirm(self, writes: Sequence[Write]) -> bool:
        if self.yes or not is_anybody_there():
            return True
        from controller.report import heard as report  # noqa: PLC0415  # rich takes a while

        click.echo(report.would(writes, page()), err=True, nl=False)
        return asked("Write this?")


def spoken(*, lets_go_on: bool) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return a decorator: it gives a command what all verbs by which people speak have.

    It comes as its argument `speech`. *lets_go_on*: see Speech.
    """

    def with_options(command: Callable[..., R]) -> Callable[..., R]:
        @options.REGION
        @YES
        @options.OUTPUT
        @wraps(command)
        def gathered(
            *,
            region: tuple[str, ...],
            yes: bool,
            output: str,
            **others: Any,  # the options of the verb itself
        ) -> R:
            speech = Speech(region, Output(output), yes=yes, lets_go_on=lets_go_on)
            return command(speech=speech, **others)

        return gathered

    return with_options


def scope(context: click.Context, *, clusters: tuple[str, ...], every: bool) -> tuple[str, ...]:
    """Return the clusters that are meant: () for all. Raises click.UsageError unless it is said.

    Clusters of the environment give way to --all, which is always typed.
    """
    if every and not is_typed(context, "cluster"):
        clusters = ()
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
