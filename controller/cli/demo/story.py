"""The story of the demo: a fleet, its audit, one change in full, enforcement, and nothing left."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace

import click

from controller.app.settle import settle
from controller.app.survey import survey
from controller.cli.demo.stage import Stage, policy_text, staged
from controller.cli.reporting import page
from controller.core.consent import Always
from controller.core.outcome import Outcome
from controller.core.refs import ServiceRef
from controller.core.report import Report
from controller.report import plan, table
from controller.report.words import name
from controller.sandbox.fleet.members import MEMBERS
from controller.telemetry.log import event_of

_SHOWN = "storefront-api"


def tell_story() -> None:
    """Play the demo from beginning to end, in under a minute, on standard output."""
    with staged() as stage:
        asyncio.run(_story(stage))


async def _story(stage: Stage) -> None:
    _introduce()
    before = await _survey(stage)
    _chapter("2. The audit: how the fleet stands to the policy. Nothing is written")
    click.echo(table.render(before, page()), nl=False)
    _chapter(f"3. One change in full: {_SHOWN}")
    click.echo(plan.render(_only(before, _SHOWN), page()), nl=False)
    _chapter("4. Enforcement, live: a few at a time, each watched until it has proved itself")
    await _enforce(stage)
    after = await _survey(stage)
    _chapter("5. The second audit: what is left, and why")
    click.echo(table.render(after, page()), nl=False)
    _chapter("6. A further pass, with --enforce")
    stage.sandbox.clear_requests()
    await settle(stage.settings, stage.policies, Always(), _ignore, open_session=stage.open_session)
    reads = sum(stage.sandbox.counts().values())
    writes = len(stage.sandbox.writes())
    click.echo(f"{reads - writes} calls that read, {writes} calls that write.")
    click.echo("\nNext: `ecs-logging demo --serve` keeps all this running, to look around in.")


def _introduce() -> None:
    clusters = Counter(member.cluster for member in MEMBERS)
    _chapter("1. A simulated AWS, and a policy")
    for cluster, services in clusters.items():
        click.echo(f"{cluster}: {services} services")
    click.echo("It is a simulation: it imitates what is known of ECS, and is not AWS.\n")
    click.echo(policy_text(), nl=False)


async def _survey(stage: Stage) -> Report:
    return await survey(stage.settings, stage.policies, _ignore, open_session=stage.open_session)


async def _enforce(stage: Stage) -> None:
    started = time.monotonic()

    def tell(outcome: Outcome) -> None:
        if outcome.moved and outcome.move is not None:
            why = "" if outcome.reason is None else f" ({outcome.reason.code})"
            at = time.monotonic() - started
            click.echo(f"{at:5.1f} s  {name(outcome.ref)}: {event_of(outcome.move)}{why}")

    await settle(stage.settings, stage.policies, Always(), tell, open_session=stage.open_session)


def _only(report: Report, service: str) -> Report:
    return replace(
        report,
        outcomes=tuple(
            one
            for one in report.outcomes
            if isinstance(one.ref, ServiceRef) and one.ref.name == service
        ),
    )


def _chapter(title: str) -> None:
    click.secho(f"\n── {title} ──\n", bold=True)


def _ignore(outcome: Outcome) -> None:
    """Tell nobody: the report comes at the end."""
