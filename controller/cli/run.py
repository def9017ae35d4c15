"""`run`: the controller itself."""

from __future__ import annotations

import asyncio
import logging

import click

from controller.app.logging import configure_logging
from controller.cli import options
from controller.cli.app import App, app_of
from controller.cli.audit import exit_code_of
from controller.cli.exit_code import ExitCode
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.cli.reporting import Reporting
from controller.core.applied import Ending, applied
from controller.core.consent import Always
from controller.core.policy.policy_set import PolicySet
from controller.report import applied as page_of
from controller.report import table
from controller.report.structure import structure
from controller.settings import Settings
from controller.telemetry.log import event_of


@click.command("run")
@options.fleet
@options.process
@options.report
@options.option(
    "--once", is_flag=True, help="End when all is settled, and report; do not keep watching."
)
@options.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"], case_sensitive=False),
    default="info",
    show_default=True,
    help="The least that is logged.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    settings: Settings,
    reporting: Reporting,
    once: bool,
    log_level: str,
) -> None:
    """Run the controller; in Audit unless told to enforce.

    In Audit it writes nothing. It stops on SIGTERM. With --once it ends by itself when everything
    in flight has ended and nothing is left to do now; --output, --fail-on and --all are for that.
    """
    configure_logging(level=logging.getLevelNamesMapping()[log_level.upper()])
    policies = policies_of(settings.policies)
    app = app_of(context)
    if once:
        context.exit(_once(app, settings, policies, reporting))
    context.exit(asyncio.run(app.run(settings, policies)))


def _once(app: App, settings: Settings, policies: PolicySet, reporting: Reporting) -> ExitCode:
    """Settle the fleet, or look at it where the process does not enforce, and report."""
    with progress("Settling the fleet" if settings.enforce else "Looking at the fleet") as tell:
        look = (
            app.settle(settings, policies, Always(), tell)
            if settings.enforce
            else app.survey(settings, policies, tell)
        )
        report = asyncio.run(look)
    results = applied(report, tell.moves, None, tell.writes) if settings.enforce else ()
    reporting.say(
        lambda page: (
            page_of.render(report, results, event_of, page)
            if settings.enforce
            else table.render(report, page, every=reporting.every)
        ),
        lambda: (
            structure(report, fail_on=reporting.fail_on)
            | ({"applied": page_of.structure(results, event_of)} if settings.enforce else {})
        ),
    )
    if any(one.ending is Ending.FAILED for one in results):
        return ExitCode.ERROR
    return exit_code_of(report, reporting)
