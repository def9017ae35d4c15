"""The controller keeps its laws in random runs, alone and beside another one by accident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import Fleet, TwoNames, TwoOfOneName

STEPS = 12


def runs(machine: type[Fleet], number: int, record: Callable[[str, object], None]) -> None:
    """Make so many runs, and tell for the summary how many there were."""
    before = machine.runs
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=number,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    record("runs", machine.runs - before)
    assert machine.runs - before >= number


RUNS = pytest.mark.parametrize(
    ("machine", "number"), [(Fleet, 60), (TwoOfOneName, 20), (TwoNames, 20)]
)


@pytest.mark.timeout(600)
@RUNS
def test_all_laws_hold_in_random_runs(
    machine: type[Fleet], number: int, record_property: Callable[[str, object], None]
) -> None:
    runs(machine, number, record_property)


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@RUNS
def test_all_laws_hold_in_very_many_random_runs(
    machine: type[Fleet], number: int, record_property: Callable[[str, object], None]
) -> None:
    runs(machine, 20 * number, record_property)
