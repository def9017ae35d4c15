"""`audit`: how the fleet stands to the policies."""

from __future__ import annotations

import asyncio

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.next_step import command_line
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.cli.reporting import Reporting
from controller.core.reason import Sync
from controller.core.report import Report
from controller.report import table
from controller.report.structure import structure
from controller.settings import Settings


@click.command("audit")
@options.fleet
@options.report
@click.pass_context
def command(context: click.Context, *, settings: Settings, reporting: Reporting) -> None:
    """Show how the fleet stands to the policies; writes nothing.

    Every ECS service, and every log group that a governed service logs to, is looked at once.
    """
    policies = policies_of(settings.policies)
    with progress("Looking at the fleet") as tell:
        report = asyncio.run(app_of(context).survey(settings, policies, tell))
    reporting.say(
        lambda page: table.render(report, page, every=reporting.every),
        lambda: structure(report, fail_on=reporting.fail_on),
    )
    reporting.close(_next(report, settings))
    context.exit(exit_code_of(report, reporting))


def exit_code_of(report: Report, reporting: Reporting) -> ExitCode:
    """Return the exit code that goes with a report."""
    threshold = reporting.fail_on
    return ExitCode.of(
        violations=threshold is not None and report.violates(threshold),
        incomplete=report.incomplete,
    )


def _next(report: Report, settings: Settings) -> str:
    if report.counts[Sync.DRIFTED]:
        return f"Every change in full:\n  {command_line('plan', settings)}"
    if not report.outcomes:
        return "Is it the right Region? Name others with --region."
    return "Nothing is left to do." if not report.incomplete else "See docs/permissions.md."
