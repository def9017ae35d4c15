"""`policy impact`: what a change of policies would change, before it is in force."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from controller.app.compared import impact_offline
from controller.app.offline import open_inventory
from controller.app.policies import parsed, read
from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.progress import progress
from controller.cli.reporting import Output, Reporting
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Reason
from controller.core.policy_impact.model import Impact, Pair
from controller.report import problems
from controller.report.markdown import policy_impact as markdown
from controller.report.policy_impact import structure, text
from controller.settings import Settings

_NOTHING: Final = Path("-")
"""What stands for no policy at all: before the first one, and after the last."""


@click.command("impact")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@options.place
@options.output(Output.MARKDOWN)
@options.option(
    "--fail-on-writes",
    type=click.IntRange(min=0),
    metavar="N",
    help="Exit with 3 if NEW would roll more than N services anew.",
)
@options.INVENTORY
@click.pass_context
def command(
    context: click.Context,
    *,
    old: Path,
    new: Path,
    settings: Settings,
    output: str,
    fail_on_writes: int | None,
    inventory: Path | None,
) -> None:
    """Tell what a change of policies would change of the fleet.

    OLD and NEW are each a file or a directory of policies; - is no policy at all, and so is an OLD
    that is not there, or a directory that holds none: as before the first policy. The fleet is
    looked at once and judged by both, and nothing is written. A service is rolled anew if NEW would
    have it run what OLD would not.

    The report says what maxImpact would make of NEW where OLD is in force now, and the controller
    goes on; one that is restarted counts what OLD has not done yet as well. Exit code 4 tells that
    something could not be seen or judged.
    """
    policies, saved = _given(Pair(old, new), inventory)
    found = _looked(context, policies, settings, saved)
    if inventory is not None:
        found = replace(found, inventory=str(inventory))
    Reporting(Output(output)).say(
        lambda page: text.render(found, page),
        lambda: structure.structure(found, fail_on_writes=fail_on_writes),
        markdown=lambda: markdown.render(found),
    )
    too_many = fail_on_writes is not None and len(found.new_writes) > fail_on_writes
    context.exit(ExitCode.of(violations=too_many, incomplete=found.incomplete))


def _given(
    paths: Pair[Path], inventory: Path | None
) -> tuple[Pair[PolicySet], InventoryFile | None]:
    """Return the sets and the inventory; else tell every problem of all, and end with 2."""
    old, new = _set_in(paths.old, may_be_empty=True), _set_in(paths.new)
    saved = None if inventory is None else open_inventory(inventory)
    wrong = [one for found in (old, new, saved) if isinstance(found, tuple) for one in found]
    if isinstance(old, tuple) or isinstance(new, tuple) or isinstance(saved, tuple):
        click.echo(problems.render(tuple(dict.fromkeys(wrong))), err=True, nl=False)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return Pair(old, new), saved


def _set_in(path: Path, *, may_be_empty: bool = False) -> PolicySet | tuple[Problem, ...]:
    """Return the policies at *path*, or every problem with them."""
    if path == _NOTHING:
        return PolicySet.of(())
    reading = read([path])
    if may_be_empty and (not path.exists() or any(map(_is_empty, reading))):
        click.echo(f"{path} holds no policy: compared with no policy at all", err=True)
        return PolicySet.of(())
    result = parsed(reading)
    return result.problems if result.policies is None else result.policies


def _is_empty(found: object) -> bool:
    """Tell whether it is the problem of a directory that holds no policy."""
    return isinstance(found, Problem) and found.reason is Reason.NO_POLICIES


def _looked(
    context: click.Context,
    policies: Pair[PolicySet],
    settings: Settings,
    saved: InventoryFile | None,
) -> Impact:
    if saved is None:
        with progress("Looking at the fleet") as tell:
            return asyncio.run(app_of(context).impact(settings, policies, tell))
    with progress("Looking at the inventory") as tell:
        return asyncio.run(impact_offline(saved, settings, policies, tell))
