"""`approve policy`: a person's yes to a set of policies that would change much."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from typing import Final

import click

from controller.cli import options
from controller.cli.app import app_of
from controller.cli.exit_code import ExitCode
from controller.core.policy.policy_set import SHOWN
from controller.core.refs import ClusterRef
from controller.core.state.approvals import Approvals
from controller.errors import UsageError
from controller.report.words import counted
from controller.settings import Settings

_DIGEST: Final = re.compile(r"[0-9a-f]{16}|[0-9a-f]{64}")


@click.command("policy")
@click.argument("digest")
@options.REGION
@options.CLUSTER
@options.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(
    context: click.Context,
    *,
    digest: str,
    region: tuple[str, ...],
    cluster: tuple[str, ...],
    yes: bool,
) -> None:
    """Let the set of policies with this DIGEST come in force, whatever it changes.

    DIGEST is the one that the reason PolicyImpact shows, its 16 digits or all 64. The yes is
    written as a tag on each cluster that remembers another set. It needs no --enforce: it is your
    word, under your own permissions. The services are still rolled a few at a time.
    """
    if _DIGEST.fullmatch(digest) is None:
        raise UsageError(f"{digest!r} is no digest of policies: 16 or 64 digits of 0-9 and a-f")
    settings = Settings(policies=(), regions=region, clusters=cluster)
    short = digest[:SHOWN]

    def confirm(held: Sequence[ClusterRef]) -> bool:
        return yes or not sys.stdin.isatty() or _asked(short, held)

    approvals = asyncio.run(app_of(context).approve(settings, short, confirm))
    _tell(short, approvals)
    context.exit(ExitCode.ERROR if approvals.failed else ExitCode.CLEAN)


def _asked(digest: str, held: Sequence[ClusterRef]) -> bool:
    names = ", ".join(sorted(one.name for one in held))
    return click.confirm(f"Approve the policies {digest} on {names}?", err=True)


def _tell(digest: str, approvals: Approvals) -> None:
    for one in approvals.approved:
        click.echo(f"{one.region} {one}: approved the policies {digest}")
    for told in approvals.failed:
        click.echo(told, err=True)
    if not approvals.approved:
        others = counted(len(approvals.settled), "cluster")
        click.echo(f"Nothing was approved: {others} did not ask for it.")
