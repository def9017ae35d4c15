"""How far to go and how much it matters are compared by their order, not by their spelling."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from controller.core.policy.mode import Mode, weakest
from controller.core.policy.severity import Severity


@pytest.mark.parametrize(
    ("modes", "weak"),
    [
        ((Mode.ENFORCE,), Mode.ENFORCE),
        ((Mode.ENFORCE, Mode.AUDIT), Mode.AUDIT),
        ((Mode.AUDIT, Mode.DISABLED, Mode.ENFORCE), Mode.DISABLED),
    ],
)
def test_the_weakest_mode_holds_in_whatever_order(modes: tuple[Mode, ...], weak: Mode) -> None:
    assert {weakest(*order) for order in permutations(modes)} == {weak}


def test_severities_rise_from_low_to_critical() -> None:
    for lower, higher in pairwise(Severity):
        assert lower < higher
        assert lower <= higher
        assert higher > lower
        assert higher >= lower
        assert not lower > higher
        assert not higher <= lower


def test_a_severity_is_as_severe_as_itself() -> None:
    for severity in Severity:
        assert severity >= Severity(severity.value)
        assert not severity > Severity(severity.value)


def test_a_severity_compares_with_its_name_on_either_side() -> None:
    low, critical = "Low", Severity.CRITICAL

    assert critical > low
    assert low < critical
    assert max(Severity) is critical


def test_a_severity_does_not_compare_with_what_is_none() -> None:
    with pytest.raises(ValueError, match="Severe"):
        _ = Severity.LOW < "Severe"
