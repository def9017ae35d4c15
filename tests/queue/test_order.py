"""The order of keys: urgency first, but not for ever."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from controller.queue.line import Line
from controller.queue.order import PATIENCE, Place, Priority

moments = st.integers(min_value=0, max_value=1_000).map(float)
places = st.builds(Place, priority=st.sampled_from(Priority), ready_at=moments)


def everyone(line: Line[int], now: float) -> list[int]:
    taken = []
    while (next_one := line.take(now)) is not None:
        taken.append(next_one[0])

    return taken


def test_of_keys_that_came_together_people_go_before_moves_and_moves_before_the_resync() -> None:
    line: Line[int] = Line()
    for priority in Priority:
        line.put(int(priority), Place(priority, ready_at=0.0))

    assert everyone(line, now=0.0) == [Priority.PERSON, Priority.MOVE, Priority.RESYNC]


def test_a_resync_that_has_waited_its_patience_goes_before_a_person_who_comes_then() -> None:
    line: Line[str] = Line()
    line.put("old resync", Place(Priority.RESYNC, ready_at=0.0))
    line.put("earlier wish", Place(Priority.PERSON, ready_at=PATIENCE[Priority.RESYNC] - 1))
    line.put("later wish", Place(Priority.PERSON, ready_at=PATIENCE[Priority.RESYNC] + 1))

    now = PATIENCE[Priority.RESYNC] + 1
    order = [taken[0] for taken in iter(lambda: line.take(now), None)]

    assert order == ["earlier wish", "old resync", "later wish"]


@given(places, places, places)
def test_merging_is_the_same_in_any_order_and_any_number_of_times(
    one: Place, two: Place, three: Place
) -> None:
    assert one.merge(two) == two.merge(one)
    assert one.merge(two).merge(three) == one.merge(two.merge(three))
    assert one.merge(one) == one


@given(places, places)
def test_merging_never_makes_a_key_wait_longer(one: Place, two: Place) -> None:
    merged = one.merge(two)

    assert merged.turn <= min(one.turn, two.turn)
    assert merged.ready_at <= min(one.ready_at, two.ready_at)


@given(st.lists(places, max_size=30))
def test_all_who_are_ready_go_in_the_order_of_their_turns(stand: list[Place]) -> None:
    line: Line[int] = Line()
    for key, place in enumerate(stand):
        line.put(key, place)

    order = everyone(line, now=1_000.0)

    assert sorted(order) == list(range(len(stand)))
    assert all(stand[one].turn <= stand[two].turn for one, two in pairwise(order))


@given(st.lists(places, max_size=30))
def test_nobody_is_passed_by_who_became_ready_after_his_patience_had_ended(
    stand: list[Place],
) -> None:
    line: Line[int] = Line()
    for key, place in enumerate(stand):
        line.put(key, place)

    order = [stand[key] for key in everyone(line, now=1_000.0)]

    for position, passed in enumerate(order):
        for earlier in order[:position]:
            assert earlier.ready_at <= passed.ready_at + PATIENCE[passed.priority]
