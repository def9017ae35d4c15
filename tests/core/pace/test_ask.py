"""When one set of policies asks for all that another does, and as soon."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.pace.ask import Ask, covered

NOW = Ask("a")
LATER = Ask("a", held=("until June",))
MAYBE = Ask("a", held=("Undecided",), is_sure=False)
ASKS = st.frozensets(
    st.builds(
        Ask,
        st.sampled_from("ab"),
        held=st.sampled_from([(), ("until May",), ("until June",)]),
        terms=st.sampled_from([None, "interruption"]),
        unknown=st.sampled_from([(), ("a finding",)]),
        is_sure=st.booleans(),
    )
)


@given(asks=ASKS)
def test_a_set_asks_for_all_that_it_asks_itself(asks: frozenset[Ask]) -> None:
    assert covered(asks, asks)
    assert covered(frozenset(), asks)


@given(one=ASKS, two=ASKS, three=ASKS)
def test_what_holds_of_two_pairs_holds_from_end_to_end(
    one: frozenset[Ask], two: frozenset[Ask], three: frozenset[Ask]
) -> None:
    if covered(one, two) and covered(two, three):
        assert covered(one, three)


@pytest.mark.parametrize("later", [LATER, MAYBE])
def test_what_was_asked_at_once_is_not_new_when_it_is_put_off(later: Ask) -> None:
    assert NOW.covers(later)
    assert not later.covers(NOW)


@pytest.mark.parametrize(
    "other",
    [
        replace(LATER, held=("until May",)),
        replace(LATER, digest="b"),
        replace(LATER, terms="interruption"),
        replace(LATER, unknown=("a finding",)),
        replace(LATER, is_sure=False),
    ],
)
def test_what_was_put_off_is_new_when_anything_of_it_is_otherwise(other: Ask) -> None:
    assert not LATER.covers(other)


def test_what_is_not_known_is_not_certain() -> None:
    assert LATER.is_certain
    assert not MAYBE.is_certain
    assert not Ask("a", unknown=("a finding",)).is_certain
