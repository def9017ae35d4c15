"""The look of a verb at a fleet: at AWS, or at a saved inventory in its place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from controller.app.offline import survey_offline
from controller.cli.app import app_of
from controller.cli.inventories import inventory_of
from controller.cli.policies import policies_of
from controller.cli.progress import progress
from controller.core.report import Report
from controller.settings import Settings


def surveyed(context: click.Context, settings: Settings, inventory: Path | None) -> Report:
    """Return the report of one look, by the policies of *settings*.

    Of an *inventory* it says how the fleet stood when that was taken; AWS is not asked.
    """
    policies = policies_of(settings.policies)
    if inventory is None:
        with progress("Looking at the fleet") as tell:
            return asyncio.run(app_of(context).survey(settings, policies, tell))
    saved = inventory_of(inventory)
    with progress("Looking at the inventory") as tell:
        report = asyncio.run(survey_offline(saved, settings, policies, tell))
    return replace(report, inventory=str(inventory))


def as_given(inventory: Path | None) -> tuple[str, ...]:
    """Return the words by which a command goes on with the same inventory."""
    return () if inventory is None else ("--inventory", str(inventory))
