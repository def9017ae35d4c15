"""`policy init`: a first policy, drafted from what runs or taken from the library."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from controller.app import library
from controller.app.drafting import Begun, drafted, policies_in, with_baseline
from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.cli.inventories import inventory_of
from controller.cli.progress import progress
from controller.cli.whole_file import check_place, write_whole
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.suggest import nearest
from controller.errors import UsageError
from controller.report.words import counted
from controller.settings import Settings

_MOST_DAYS: Final = 3650


def _days(context: click.Context, parameter: click.Parameter, given: str | None) -> int | None:
    """Return how many days were given, if any."""
    if given is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,3})d", given)
    if found is None or int(found[1]) > _MOST_DAYS:
        raise click.BadParameter(f"{given!r} is no number of days up to {_MOST_DAYS}, such as 90d")
    return int(found[1])


def _into(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the option --out, of which nothing is overwritten without --force."""

    @options.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file, which must not be there yet.",
    )
    @options.option("--force", is_flag=True, help="Let --out replace a file that is there.")
    @wraps(command)
    def checked(*, out: Path | None, force: bool, **others: Any) -> None:  # of the verb itself
        if out is not None:
            check_place(out)
            if out.exists() and not force:
                told = "give another name, or --force to replace it"
                raise UsageError(f"{out} is there already: {told}")
        command(out=out, **others)

    return checked


@click.command("init")
@options.place
@options.INVENTORY
@options.option(
    "--from",
    "shipped",
    metavar="NAME",
    help="Begin with this policy of the library instead of a draft.",
)
@options.option("--list", "listing", is_flag=True, help="List the policies of the library.")
@options.option(
    "--baseline",
    metavar="DAYS",
    callback=_days,
    help="Exempt what violates the policy today, for so many days, such as 90d.",
)
@options.DATE
@_into
@click.pass_context
def command(
    context: click.Context,
    *,
    settings: Settings,
    inventory: Path | None,
    shipped: str | None,
    listing: bool,
    baseline: int | None,
    date: date | None,
    out: Path | None,
) -> None:
    """Draft a policy from what runs, or begin with one of the library.

    The draft asks what most services do already: log groups, delivery mode and retention, by
    cluster, each with how many agree. It is in Audit, and nothing is written to AWS. With
    --baseline, exceptions spare what differs today, so that an audit tells of what is new alone.

    Exit code 4 tells that something could not be seen.
    """
    if listing:
        _list()
        return
    text = None if shipped is None else _shipped(shipped)
    begun, incomplete = Begun(text or ""), False
    if text is None or baseline is not None:
        saved = _fleet(context, settings, inventory, text, with_baseline=baseline is not None)
        begun = Begun(drafted(saved, settings) if text is None else text)
        incomplete = any(True for _ in saved.failures)
        if baseline is not None:
            start = date or datetime.now(UTC).date()
            begun = _with_baseline(begun.text, saved, settings, start=start, days=baseline)
    _write(begun, out)
    context.exit(ExitCode.of(violations=False, incomplete=incomplete or begun.incomplete))


def _list() -> None:
    for name in library.names():
        about = click.wrap_text(library.about(name), 80, "  ", "  ")
        click.echo(f"{name}\n{about}")


def _shipped(name: str) -> str:
    names = library.names()
    if name in names:
        return library.text(name)
    near = nearest(name, names)
    hint = f"did you mean {near}? " if near else ""
    raise UsageError(f"the library has no policy {name!r}: {hint}there are {', '.join(names)}")


def _fleet(
    context: click.Context,
    settings: Settings,
    inventory: Path | None,
    text: str | None,
    *,
    with_baseline: bool,
) -> InventoryFile:
    """Return the fleet; live, with all that the policy asks for where there is to be a baseline."""
    if inventory is not None:
        return inventory_of(inventory)
    app = app_of(context)
    with progress("Looking at the fleet"):
        if not with_baseline:
            return asyncio.run(app.save(settings, None))
        return asyncio.run(
            app.save_for(settings, lambda seen: policies_in(text or drafted(seen, settings)))
        )


def _with_baseline(
    text: str, saved: InventoryFile, settings: Settings, *, start: date, days: int
) -> Begun:
    with progress("Judging what runs") as tell:
        return asyncio.run(with_baseline(text, saved, settings, tell, start=start, days=days))


def _write(begun: Begun, out: Path | None) -> None:
    if out is None:
        click.echo(begun.text, nl=False)
    else:
        write_whole(out, begun.text)
        click.echo(f"{out}: how the fleet stands to it: ecs-logging audit --policy {out}", err=True)
    if begun.left:
        told = counted(begun.left, "finding")
        click.echo(f"{told} that no exception can cover: see the audit", err=True)
