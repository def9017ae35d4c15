"""`rollback`: services go back to what they ran before the controller's last roll."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.asked import YES, asked, is_anybody_there
from controller.cli.exit_code import ExitCode
from controller.cli.policies import policies_of
from controller.cli.reporting import Output, Reporting, page
from controller.cli.since import SINCE
from controller.core.taken_back import Ending, Meant
from controller.settings import Settings

if TYPE_CHECKING:  # rich takes a while: not before something is shown
    from controller.core.taken_back import Begun, Planned, Rollback


@click.command("rollback")
@click.argument("services", metavar="[SERVICE]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All services rolled since --since.")
@SINCE
@options.OPTIONAL_POLICY
@options.place
@YES
@options.OUTPUT
@click.pass_context
def command(
    context: click.Context,
    *,
    services: tuple[str, ...],
    every: bool,
    since: datetime | timedelta | None,
    settings: Settings,
    yes: bool,
    output: str,
) -> None:
    """Take services back to what they ran before the last roll.

    SERVICE is prod/web. Each is suspended first, so that no controller corrects it again, until
    `resume SERVICE`. Only our own roll is undone: not a release since, not another's deployment.
    One goes at a time, or with --policy as many as rollout.maxConcurrent lets; each is watched to
    its end, and after a failure nothing more is begun. It can be interrupted, and said again.

    \b
    ecs-logging rollback prod/web
    ecs-logging rollback --all --since 2h --policy policies --yes
    """  # noqa: D301  # \b keeps click from wrapping the examples
    from controller.report import taken_back as report  # noqa: PLC0415  # rich takes a while

    meant = _meant(services, since, every=every)
    if not yes and not is_anybody_there():
        raise click.UsageError("rollback asks a person at a terminal; there is none: say --yes.")
    policies = policies_of(settings.policies) if settings.policies else None
    telling = _Telling(yes=yes)
    rollback = app_of(context).rollback
    try:
        rolled = asyncio.run(rollback(meant, settings, policies, telling.ask, telling.tell))
    except KeyboardInterrupt:
        click.echo(report.interrupted(telling.begun, page()), err=True, nl=False)
        raise
    Reporting(Output(output)).say(
        lambda page: report.render(rolled, page), lambda: report.structure(rolled)
    )
    context.exit(_exit_code(rolled))


def _meant(services: tuple[str, ...], since: datetime | timedelta | None, *, every: bool) -> Meant:
    """Return what is meant. Raises click.UsageError unless it is said in one of the two ways."""
    if every and not services and since is not None:
        return Meant(since=since)
    if services and not every and since is None:
        return Meant(services)
    raise click.UsageError("Say which: SERVICE, such as prod/web, or --all --since SPAN.")


@dataclass(slots=True)
class _Telling:
    """Asks a person, unless they have said yes already, and tells what is `begun`, as it is."""

    yes: bool
    begun: list[Begun] = field(default_factory=list)

    def ask(self, planned: Sequence[Planned]) -> bool:
        """Return whether that may be done."""
        from controller.report import taken_back as report  # noqa: PLC0415  # rich takes a while

        if self.yes:
            return True
        click.echo(report.would(planned, page()), err=True, nl=False)
        return asked("Suspend these services, and take them back?")

    def tell(self, one: Begun) -> None:
        """Show it as a line, and keep it in mind."""
        from controller.report import taken_back as report  # noqa: PLC0415  # rich takes a while

        self.begun.append(one)
        click.echo(report.line(one), err=True)


def _exit_code(rolled: Rollback) -> ExitCode:
    """Return 1 where a service failed to come back, or none was; 4 where some were not."""
    not_back = rolled.ended(Ending.FAILED, Ending.REFUSED, Ending.NOT_BEGUN)
    good = rolled.ended(Ending.BACK, Ending.ALREADY)
    return ExitCode.of(
        error=bool(rolled.ended(Ending.FAILED)) or (bool(not_back) and not good),
        violations=False,
        incomplete=bool(not_back or rolled.gaps),
    )
