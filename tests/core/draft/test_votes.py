"""What most agree on is chosen, and else what most do elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.core.draft.votes import Chosen, chosen, together

VALUES = st.sampled_from("abcd")
VOTES = st.dictionaries(
    st.sampled_from(["one", "two", "three"]), st.lists(st.frozensets(VALUES), max_size=6)
)


def votes(*several: str) -> list[frozenset[str]]:
    """Return voters, each with the letters to which it agrees."""
    return [frozenset(one) for one in several]


def alphabetically(value: str) -> str:
    return value


def test_what_at_least_half_agree_to_is_chosen() -> None:
    found = chosen({"one": votes("a", "ab", "b", "c")}, alphabetically, "z")

    assert found["one"] == Chosen("a", 2, 4)


def test_of_equals_the_one_that_more_agree_to_elsewhere_is_chosen() -> None:
    found = chosen({"one": votes("ab"), "two": votes("b")}, alphabetically, "z")

    assert found["one"].value == "b"


def test_who_has_no_majority_takes_what_most_elsewhere_have() -> None:
    several = {"one": votes("a", "b", "c"), "two": votes("d", "d"), "three": votes("a")}

    assert chosen(several, alphabetically, "z")["one"] == Chosen("d", 0, 3, elsewhere=True)


def test_where_nobody_has_a_majority_the_default_is_taken() -> None:
    found = chosen({"one": votes("a", "b", "c"), "two": []}, alphabetically, "z")

    assert found == {"one": Chosen("z", 0, 3), "two": Chosen("z", 0, 0)}


def test_clusters_that_chose_alike_have_the_voters_of_all() -> None:
    assert together([Chosen("a", 2, 3), Chosen("a", 0, 1, elsewhere=True)]) == Chosen("a", 2, 4)


@given(VOTES)
def test_it_does_not_depend_on_the_order_of_clusters_and_voters(
    several: dict[str, list[frozenset[str]]],
) -> None:
    turned = {name: [*reversed(voters)] for name, voters in reversed([*several.items()])}

    assert chosen(several, alphabetically, "z") == chosen(turned, alphabetically, "z")


@given(VOTES)
def test_the_numbers_are_those_of_the_voters(several: dict[str, list[frozenset[str]]]) -> None:
    for name, one in chosen(several, alphabetically, "z").items():
        assert one.of == len(several[name])
        assert one.agreed == sum(one.value in voter for voter in several[name])
