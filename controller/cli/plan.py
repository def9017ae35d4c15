"""`plan`: every change in full, and on request as a file for `apply`."""

from __future__ import annotations

from pathlib import Path

import click

from controller.cli import chosen, options
from controller.cli.audit import exit_code_of
from controller.cli.next_step import command_line
from controller.cli.reporting import Reporting
from controller.cli.surveying import surveyed
from controller.cli.whole_file import check_place, write_whole
from controller.core.plan_file.model import plan_of, text_of
from controller.core.report import Report
from controller.errors import UsageError
from controller.report import plan
from controller.report.structure import structure
from controller.report.words import counted
from controller.settings import Settings


@click.command("plan")
@options.fleet
@options.report
@options.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what could be applied now to this file.",
)
@options.INVENTORY
@options.ONLY
@click.pass_context
def command(
    context: click.Context,
    *,
    settings: Settings,
    reporting: Reporting,
    out: Path | None,
    inventory: Path | None,
    only: tuple[str, ...],
) -> None:
    """Show every change in full, and what holds it; writes nothing.

    The edits of all rules are shown; those of rules that are not in Enforce are marked AuditOnly.
    The file of --out holds only what could be applied now, and neither old values nor anything
    of the environment.
    """
    if out is not None:
        _check(out, inventory)
    report = chosen.only(surveyed(context, settings, inventory), only)
    reporting.say(
        lambda page: plan.render(report, page, every=reporting.every),
        lambda: structure(report, fail_on=reporting.fail_on, with_plan=True),
    )
    if out is not None:
        _write(out, report)
    reporting.close(_next(report, settings, out, inventory))
    context.exit(exit_code_of(report, reporting))


def _check(out: Path, inventory: Path | None) -> None:
    if inventory is not None:
        raise UsageError(
            "a plan file comes from a look at AWS: give --out or --inventory, not both"
        )
    check_place(out)


def _write(out: Path, report: Report) -> None:
    plan_file = plan_of(report)
    write_whole(out, text_of(plan_file))
    click.echo(f"{out}: {counted(len(plan_file.arns), 'target')} to apply", err=True)


def _next(report: Report, settings: Settings, out: Path | None, inventory: Path | None) -> str:
    if not any(one.awaits_consent for one in report.outcomes):
        return "Nothing could be applied now."
    if inventory is not None:
        return f"To apply it, look at AWS itself:\n  {command_line('plan', settings)}"
    if out is None:
        return (
            "To apply just this, write it to a file:\n"
            f"  {command_line('plan', settings, '--out', 'plan.json')}"
        )
    return f"To apply just this:\n  {command_line('apply', settings, str(out))}"
