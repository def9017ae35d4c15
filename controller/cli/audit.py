"""`audit`: how the fleet stands to the policies."""

from __future__ import annotations

from pathlib import Path

import click

from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.next_step import command_line
from controller.cli.reporting import Output, Reporting
from controller.cli.surveying import as_given, surveyed
from controller.core.reason import Sync
from controller.core.report import Report
from controller.report import table
from controller.report.markdown import fleet
from controller.report.structure import structure
from controller.settings import Settings


@click.command("audit")
@options.fleet
@options.report_as(Output.MARKDOWN)
@options.INVENTORY
@click.pass_context
def command(
    context: click.Context, *, settings: Settings, reporting: Reporting, inventory: Path | None
) -> None:
    """Show how the fleet stands to the policies; writes nothing.

    Every ECS service, and every log group that a governed service logs to, is looked at once.
    """
    report = surveyed(context, settings, inventory)
    reporting.say(
        lambda page: table.render(report, page, every=reporting.every),
        lambda: structure(report, fail_on=reporting.fail_on),
        markdown=lambda: fleet.render(report, every=reporting.every),
    )
    reporting.close(_next(report, settings, inventory))
    context.exit(exit_code_of(report, reporting))


def exit_code_of(report: Report, reporting: Reporting) -> ExitCode:
    """Return the exit code that goes with a report."""
    threshold = reporting.fail_on
    return ExitCode.of(
        violations=threshold is not None and report.violates(threshold),
        incomplete=report.incomplete,
    )


def _next(report: Report, settings: Settings, inventory: Path | None) -> str:
    if report.counts[Sync.DRIFTED]:
        return f"Every change in full:\n  {command_line('plan', settings, *as_given(inventory))}"
    if not report.outcomes:
        return "Is it the right Region? Name others with --region."
    return "Nothing is left to do." if not report.incomplete else "See docs/permissions.md."
