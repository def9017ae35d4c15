"""`apply`: carry out a plan file, or all that the policies enforce."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource

from controller.cli import chosen, options
from controller.cli.app import app_of
from controller.cli.audit import exit_code_of
from controller.cli.exit_code import ExitCode
from controller.cli.next_step import command_line
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.cli.reporting import Reporting
from controller.cli.surveying import surveyed
from controller.core.applied import Ending, applied
from controller.core.consent import Always, Consent
from controller.core.plan_file.model import PlanFile, plan_of
from controller.core.plan_file.parse import LARGEST, parse
from controller.core.plan_file.planned import Planned
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem
from controller.errors import UsageError
from controller.iac.files import read
from controller.report import applied as page_of
from controller.report import problems
from controller.report.structure import structure
from controller.settings import Settings
from controller.telemetry.log import event_of


@click.command("apply")
@click.argument("plan_file", metavar="[PLAN.JSON]", required=False, type=click.Path(path_type=Path))
@options.fleet
@options.report
@options.ENFORCE
@options.ONLY
@options.option(
    "--approve",
    is_flag=True,
    help="Show each service's change and ask; your yes, one by one, is what is applied.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    plan_file: Path | None,
    settings: Settings,
    reporting: Reporting,
    enforce: bool,
    only: tuple[str, ...],
    approve: bool,
) -> None:
    """Correct what may be corrected, or just what a plan file names.

    With a plan file nothing else is written, and a target that is no longer as it was planned is
    refused. Without one, --enforce or --approve is needed, and all is corrected that policies and
    rules enforce; --only narrows either to some services. In any case every roll is watched to its
    end, and a failing one is returned.
    """
    policies = policies_of(settings.policies)
    plan = _plan(context, plan_file, policies, settings, enforce=enforce or approve)
    if only or approve:
        plan = _chosen(context, settings, plan, only, approve=approve)
    consent: Consent = Always() if plan is None else Planned(plan)
    with progress("Applying") as tell:
        report = asyncio.run(app_of(context).settle(settings, policies, consent, tell))
    results = applied(report, tell.moves, None if plan is None else plan.arns, tell.writes)
    reporting.say(
        lambda page: page_of.render(report, results, event_of, page),
        lambda: (
            structure(report, fail_on=reporting.fail_on)
            | {"applied": page_of.structure(results, event_of)}
        ),
    )
    reporting.close(f"How it stands now:\n  {command_line('audit', settings)}")
    unwell = {Ending.FAILED} if plan is None else {*Ending} - {Ending.DONE}
    has_failed = any(one.ending in unwell for one in results)
    context.exit(ExitCode.ERROR if has_failed else exit_code_of(report, reporting))


def _chosen(
    context: click.Context,
    settings: Settings,
    plan: PlanFile | None,
    only: tuple[str, ...],
    *,
    approve: bool,
) -> PlanFile:
    """Return the plan of what was named, or said yes to, and is in *plan* if there is one."""
    report = chosen.only(surveyed(context, settings, None), only)
    if plan is not None:
        report = replace(
            report, outcomes=tuple(one for one in report.outcomes if one.ref.arn in plan.arns)
        )
    if approve:
        report = chosen.approved(report)
    arns = {one.ref.arn for one in report.outcomes}
    return plan_of(report) if plan is None else plan.narrowed_to(arns)


def _plan(
    context: click.Context,
    path: Path | None,
    policies: PolicySet,
    settings: Settings,
    *,
    enforce: bool,
) -> PlanFile | None:
    """Return the plan at *path*; None where there is none and the process enforces."""
    if path is None:
        if enforce:
            return None
        told = (
            "apply writes: name a plan file, say --enforce to correct all that is enforced, or "
            "--approve to be asked of each service"
        )
        raise UsageError(f"{told}\nTo see it first:\n  {command_line('plan', settings)}")
    if enforce and context.get_parameter_source("enforce") is ParameterSource.COMMANDLINE:
        raise UsageError("a plan file is the yes to what it names: take --enforce away")
    plan = _read(path)
    if plan.policy_digest != policies.digest:
        raise UsageError(
            f"{path} was made from other policies ({plan.policy_digest[:16]}, not"
            f" {policies.short_digest}): make a new plan"
        )
    return plan


def _read(path: Path) -> PlanFile:
    source = read(path, largest=LARGEST)
    parsed = (source,) if isinstance(source, Problem) else parse(source)
    if isinstance(parsed, PlanFile):
        return parsed
    click.echo(problems.render(parsed), err=True, nl=False)
    raise click.exceptions.Exit(ExitCode.USAGE)
