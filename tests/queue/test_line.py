"""The line hands out who is next, and forgets the places that keys have left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from controller.queue.line import Line
from controller.queue.order import Place, Priority

KEYS = range(2)

puts = st.tuples(
    st.sampled_from(KEYS),
    st.sampled_from(Priority),
    st.sampled_from([0.0, 5.0, 400.0]),
)
passing = st.sampled_from([0.0, 5.0, 365.0])
steps = st.lists(st.one_of(puts, passing), max_size=40)


def test_a_key_is_ready_at_its_moment_and_not_before() -> None:
    line: Line[str] = Line()
    line.put("web", Place(Priority.PERSON, ready_at=5.0))

    assert line.take(4.999) is None
    assert line.opens_at() == 5.0
    assert line.take(5.0) == ("web", Place(Priority.PERSON, ready_at=5.0))
    assert line.opens_at() is None


def test_of_keys_that_are_equal_the_first_that_came_is_the_first_to_go() -> None:
    line: Line[int] = Line()
    for key in range(5):
        line.put(key, Place(Priority.MOVE, ready_at=7.0))

    assert [line.take(7.0) for _ in range(5)] == [
        (key, Place(Priority.MOVE, ready_at=7.0)) for key in range(5)
    ]


def test_a_key_asked_for_twice_stands_once_at_the_better_of_both_places() -> None:
    line: Line[str] = Line()
    line.put("web", Place(Priority.RESYNC, ready_at=3.0))
    line.put("web", Place(Priority.PERSON, ready_at=60.0))

    assert line.take(3.0) == ("web", Place(Priority.PERSON, ready_at=3.0))
    assert line.take(60.0) is None


def test_a_key_that_comes_back_does_not_find_its_old_place_waiting() -> None:
    line: Line[str] = Line()
    line.put("other", Place(Priority.PERSON, ready_at=0.0))
    line.put("web", Place(Priority.RESYNC, ready_at=0.0))
    line.take(0.0)
    line.put("web", Place(Priority.PERSON, ready_at=0.0))
    line.take(0.0)
    line.put("web", Place(Priority.RESYNC, ready_at=90.0))

    assert line.take(89.0) is None
    assert line.take(90.0) == ("web", Place(Priority.RESYNC, ready_at=90.0))


def test_a_moment_that_a_key_has_left_opens_nothing() -> None:
    line: Line[str] = Line()
    line.put("web", Place(Priority.RESYNC, ready_at=5.0))
    line.put("web", Place(Priority.PERSON, ready_at=0.0))
    line.take(0.0)
    assert line.opens_at() is None

    line.put("web", Place(Priority.RESYNC, ready_at=90.0))
    assert line.opens_at() == 90.0


def test_a_moment_that_a_key_has_left_does_not_let_it_in_early_when_it_comes_back() -> None:
    line: Line[str] = Line()
    line.put("web", Place(Priority.RESYNC, ready_at=5.0))
    line.put("web", Place(Priority.PERSON, ready_at=0.0))
    line.take(0.0)
    line.put("web", Place(Priority.RESYNC, ready_at=90.0))

    assert line.take(89.0) is None


@settings(max_examples=1_000)
@given(steps)
def test_whatever_comes_and_goes_the_next_is_the_earliest_turn_among_the_ready(
    done: list[tuple[int, Priority, float] | float],
) -> None:
    """Putting keys and letting time pass, one key is taken after every passing of time."""
    line: Line[int] = Line()
    stand: dict[int, Place] = {}
    now = 0.0

    for step in done:
        if isinstance(step, tuple):
            key, priority, after = step
            place = Place(priority, now + after)
            line.put(key, place)
            stand[key] = stand[key].merge(place) if key in stand else place
            continue

        now += step
        ready = {place.turn for place in stand.values() if place.ready_at <= now}
        taken = line.take(now)

        if taken is None:
            assert not ready
            assert line.opens_at() == min((p.ready_at for p in stand.values()), default=None)
        else:
            key, place = taken
            assert place == stand.pop(key)
            assert place.turn == min(ready)

        assert sorted(line.places(), key=repr) == sorted(stand.values(), key=repr)


def test_a_line_does_not_grow_with_the_number_of_times_that_keys_move() -> None:
    line: Line[int] = Line()
    for moment in range(10_000, 10, -10):
        for key in range(10):
            line.put(key, Place(Priority.RESYNC, ready_at=float(moment + key)))

    assert len(line._later) < 100  # noqa: SLF001  memory is not to be seen from outside
    assert [line.take(20.0 + key) for key in range(10)] == [
        (key, Place(Priority.RESYNC, ready_at=20.0 + key)) for key in range(10)
    ]
