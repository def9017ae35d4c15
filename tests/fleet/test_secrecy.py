"""Environment values and secrets stay where they are: no Outcome of any kind shows one."""

from __future__ import annotations

import json

from controller.core.move import Register
from controller.sandbox.fleet import Fleet, seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller


def leaks(fleet: Fleet, text: str) -> list[str]:
    """Return the values of the fleet that a text shows."""
    return [one for one in fleet.canaries() if one in text]


async def test_no_outcome_of_an_enforced_fleet_shows_a_value(
    aws: Aws, controller: Controller
) -> None:
    fleet = seed(aws.sandbox)

    report = await controller.settles()

    assert sum(one.moved for one in controller.told) > 20
    assert leaks(fleet, repr(controller.told)) == []
    assert leaks(fleet, repr(report)) == []


async def test_the_changes_that_a_plan_shows_hold_no_value(
    aws: Aws, controller: Controller
) -> None:
    fleet = seed(aws.sandbox)

    report = await controller.audits()

    proposals = [one.proposal for one in report.outcomes if one.proposal is not None]
    assert len(proposals) > 20
    shown = [str(line) for one in proposals for line in one.lines]
    patches = [json.dumps(one.patch) for one in proposals]
    assert leaks(fleet, "".join(shown)) == []
    assert leaks(fleet, "".join(patches)) == []


async def test_an_outcome_keeps_no_document_from_which_a_value_could_leak(
    aws: Aws, controller: Controller
) -> None:
    seed(aws.sandbox)

    await controller.settles()

    moves = [one.move for one in controller.told if isinstance(one.move, Register)]
    assert len(moves) > 5
    assert [one for one in moves if one.document or one.tags] == []
    assert len(aws.writes("RegisterTaskDefinition")) > 5
