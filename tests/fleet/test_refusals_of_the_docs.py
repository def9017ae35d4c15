"""What docs/safety.md shows of each refusal is what the program says, word for word."""

from __future__ import annotations

import re

import pytest

from controller.core.move import Wait
from controller.core.reason import Reason
from controller.core.service.gates import GATES
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.refused import SCENES, Scene
from tests.test_docs import page, table

ROWS = table(page("safety.md"), columns=3)
OF_THE_DAY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d|\b[0-9a-f]{16}\b|\bweb:\d+")
NOT_SHOWN = {
    "not_refused",  # what AWS refused is known to the process alone
    "lease",  # one process runs, and always holds it
}


def row(gate: str, said: Reason) -> list[str]:
    """Return the row of the page for a refusal."""
    code = f"[`{said.code}`](reasons.md#{said.code.lower()})"
    return [f"`{gate}`", f"{code}: {said.message}", said.remedy]


def plain(cells: list[str]) -> list[str]:
    """Return a row without what another day, or another wording of the policy, changes."""
    return [OF_THE_DAY.sub("…", cell) for cell in cells]


async def refusal(aws: Aws, controller: Controller, gate: str, scene: Scene) -> Reason:
    """Return what the gate says in the scene."""
    await scene(aws, controller)
    explained = await controller.explains("prod/web")
    said = next(one.said for one in explained.gates if one.gate == gate)
    assert isinstance(said, Wait)
    return said.reason


@pytest.mark.parametrize(
    ("number", "gate", "scene"),
    [(number, gate, scene) for number, (gate, scene) in enumerate(SCENES)],
    ids=[scene.__name__ for _, scene in SCENES],
)
async def test_a_refusal_looks_as_the_page_shows_it(
    aws: Aws, controller: Controller, number: int, gate: str, scene: Scene
) -> None:
    said = await refusal(aws, controller, gate, scene)

    assert plain(ROWS[number]) == plain(row(gate, said))


def test_the_page_shows_every_gate_and_nothing_else() -> None:
    shown = [gate for gate, _ in SCENES]
    order = [gate.__name__ for gate in GATES if gate.__name__ not in NOT_SHOWN]

    assert list(dict.fromkeys(shown)) == order
    assert len(ROWS) == len(SCENES)
