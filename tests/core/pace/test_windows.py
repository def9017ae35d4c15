"""Windows: when rolls may start, by cron or by weekday, in zones whose clocks are moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.pace.windows import is_open, openings, opens_at
from controller.core.policy.model import Times, Weekday, Window

MONDAY = datetime(2026, 3, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def cron(line: str, duration: str) -> Times:
    return Times.model_validate({"cron": line, "duration": duration})


def weekly(start: str, to: str, *days: str) -> Times:
    stated = {"start": start, "to": to, **({"days": days} if days else {})}
    return Times.model_validate(stated)


def allow(times: Times, zone: str = "UTC") -> Window:
    return Window(zone=zone, allow=times)


def deny(times: Times, zone: str = "UTC") -> Window:
    return Window(zone=zone, deny=times)


def at(text: str, zone: str = "UTC") -> datetime:
    """Return the moment at which clocks of a zone show a time; the first, where they do twice."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shown(windows: tuple[Window, ...], now: datetime, many: int, zone: str = "UTC") -> list[str]:
    """Return the next openings, as the clocks of a zone show them."""
    return [
        f"{one.at.astimezone(ZoneInfo(zone)):%a %d %H:%M}"
        + (f" - {one.until.astimezone(ZoneInfo(zone)):%a %d %H:%M}" if one.until else " -")
        for one in openings(windows, now, many)
    ]


def test_without_windows_it_is_always_open() -> None:
    assert is_open((), MONDAY, for_=timedelta(days=300))
    assert opens_at((), MONDAY) == MONDAY
    (only,) = openings((), MONDAY, 5)
    assert (only.at, only.until) == (MONDAY, None)


NIGHTS = weekly("22:00", "04:00", "Mon", "Tue")


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((allow(NIGHTS),), ["Mon 23 22:00 - Tue 24 04:00", "Tue 24 22:00 - Wed 25 04:00"]),
        (
            (allow(cron("0 22 * * 1-2", "6h")),),
            ["Mon 23 22:00 - Tue 24 04:00", "Tue 24 22:00 - Wed 25 04:00"],
        ),
        ((deny(NIGHTS),), ["Mon 23 00:00 - Mon 23 22:00", "Tue 24 04:00 - Tue 24 22:00"]),
        (
            (allow(NIGHTS), deny(weekly("23:00", "01:00"))),
            ["Mon 23 22:00 - Mon 23 23:00", "Tue 24 01:00 - Tue 24 04:00"],
        ),
        (
            (deny(weekly("23:00", "01:00")), allow(NIGHTS)),
            ["Mon 23 22:00 - Mon 23 23:00", "Tue 24 01:00 - Tue 24 04:00"],
        ),
        (
            (allow(weekly("01:00", "02:00")), allow(weekly("02:00", "03:00"))),
            ["Mon 23 01:00 - Mon 23 03:00", "Tue 24 01:00 - Tue 24 03:00"],
        ),
        (
            (allow(weekly("01:00", "05:00")), allow(weekly("02:00", "03:00"))),
            ["Mon 23 01:00 - Mon 23 05:00", "Tue 24 01:00 - Tue 24 05:00"],
        ),
        ((allow(weekly("00:00", "24:00", "Wed")),), ["Wed 25 00:00 - Thu 26 00:00"]),
        ((allow(weekly("00:00", "24:00")),), ["Mon 23 00:00 -"]),
        ((allow(weekly("12:00", "12:01")), deny(weekly("00:00", "24:00"))), []),
        ((allow(cron("0 0 28 3 *", "1h")),), ["Sat 28 00:00 - Sat 28 01:00"]),
        ((deny(cron("0 0 20 3 *", "21d")),), ["Fri 10 00:00 - Sat 20 00:00"]),
    ],
)
def test_the_next_openings(windows: tuple[Window, ...], expected: list[str]) -> None:
    assert shown(windows, MONDAY, len(expected) or 1) == expected


@pytest.mark.parametrize(
    ("now", "for_", "opens"),
    [
        ("2026-03-23 21:59", "0h", "2026-03-23 22:00"),
        ("2026-03-23 22:00", "0h", "2026-03-23 22:00"),
        ("2026-03-24 02:00", "2h", "2026-03-24 02:00"),
        ("2026-03-24 02:01", "2h", "2026-03-24 22:00"),
        ("2026-03-24 04:00", "0h", "2026-03-24 22:00"),
        ("2026-03-23 12:00", "6h", "2026-03-23 22:00"),
        ("2026-03-23 12:00", "7h", None),
    ],
)
def test_it_must_stay_open_for_as_long_as_is_needed(now: str, for_: str, opens: str | None) -> None:
    needed = timedelta(hours=int(for_[:-1]))

    found = opens_at((allow(NIGHTS),), at(now), for_=needed)

    assert found == (None if opens is None else at(opens))
    assert is_open((allow(NIGHTS),), at(now), for_=needed) == (now == opens)


def test_a_window_that_ended_just_now_is_over() -> None:
    windows = (allow(weekly("22:00", "23:00")),)

    assert is_open(windows, at("2026-03-23 23:00") - INSTANT)
    assert not is_open(windows, at("2026-03-23 23:00"))


def test_windows_follow_the_clocks_of_their_zones() -> None:
    windows = (
        allow(weekly("09:00", "17:00"), "America/New_York"),
        deny(weekly("18:00", "24:00"), "Europe/Berlin"),
    )

    # Clocks are moved on 8 March in New York, and on 29 March in Berlin.
    assert shown(windows, at("2026-03-27 00:00"), 1) == ["Fri 27 13:00 - Fri 27 17:00"]
    assert shown(windows, at("2026-03-30 00:00"), 1) == ["Mon 30 13:00 - Mon 30 16:00"]


BERLIN = "Europe/Berlin"
FORWARD = at("2026-03-29 00:00", BERLIN)  # at 02:00 it is 03:00
BACK = at("2026-10-25 00:00", BERLIN)  # at 03:00 it is 02:00 once more


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (weekly("02:30", "04:00"), "Sun 29 03:00 - Sun 29 04:00"),
        (weekly("01:00", "02:30"), "Sun 29 01:00 - Sun 29 03:00"),
        (weekly("02:10", "02:40"), "Mon 30 02:10 - Mon 30 02:40"),
        (weekly("01:00", "04:00"), "Sun 29 01:00 - Sun 29 04:00"),
        (cron("30 2 * * *", "1h"), "Sun 29 03:00 - Sun 29 04:00"),
        (cron("0 1 * * *", "2h"), "Sun 29 01:00 - Sun 29 04:00"),
    ],
)
def test_a_time_that_the_clock_leaves_out_is_the_moment_after(times: Times, expected: str) -> None:
    assert shown((allow(times, BERLIN),), FORWARD, 1, BERLIN) == [expected]


@pytest.mark.parametrize(
    ("times", "begins", "hours"),
    [
        (weekly("02:30", "04:00"), "00:30", 2.5),
        (weekly("01:00", "02:30"), "23:00", 1.5),
        (weekly("02:10", "02:40"), "00:10", 0.5),
        (weekly("01:00", "04:00"), "23:00", 4),
        (cron("30 2 * * *", "1h"), "00:30", 1),
        (cron("0 1 * * *", "2h"), "23:00", 2),
    ],
)
def test_of_a_time_that_the_clock_shows_twice_a_window_that_allows_has_the_first(
    times: Times, begins: str, hours: float
) -> None:
    (first,) = openings((allow(times, BERLIN),), BACK, 1)

    assert first.until is not None
    assert f"{first.at:%H:%M}" == begins
    assert first.until - first.at == hours * HOUR


@pytest.mark.parametrize(
    ("times", "hours"), [(weekly("01:00", "02:30"), 2.5), (weekly("02:10", "02:40"), 1.5)]
)
def test_of_a_time_that_the_clock_shows_twice_a_window_that_denies_ends_at_the_second(
    times: Times, hours: float
) -> None:
    before, after = openings((deny(times, BERLIN),), BACK, 2)

    assert before.until is not None
    assert after.at - before.until == hours * HOUR


@pytest.mark.parametrize(
    "unreadable",
    [
        {"zone": "Nowhere/Atall"},
        {"zone": "../../../etc/passwd"},
        {"zone": "Europe"},
        {"zone": "UTC", "cron": "0 99 * * *"},
        {"zone": "UTC", "cron": "whenever"},
    ],
)
def test_what_cannot_be_read_allows_nothing(unreadable: dict[str, str]) -> None:
    """No policy states it: it is refused at load. Time zones may be other ones all the same."""
    readable = cron("0 0 * * *", "24h")
    times = readable.model_copy(update={"cron": unreadable.get("cron", readable.cron)})
    update = {"zone": unreadable["zone"]}
    allowing = allow(times).model_copy(update=update)
    denying = deny(times).model_copy(update=update)

    assert openings((allowing,), MONDAY, 1) == ()
    assert openings((denying,), MONDAY, 1) == ()
    assert openings((allow(readable), denying), MONDAY, 1) == ()
    assert is_open((allow(readable), allowing), MONDAY)


ZONES = ["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
MINUTES = st.sampled_from(["00", "15", "30", "59"])
CLOCKS = st.builds(lambda hour, minute: f"{hour:02}:{minute}", st.integers(0, 23), MINUTES)
CRONS = st.builds(
    lambda minute, hour, day, weekday, hours: cron(
        f"{minute} {hour} {day} * {weekday}", f"{hours}h"
    ),
    MINUTES,
    st.sampled_from(["*/5", "2", "1-3", "23"]),
    st.sampled_from(["*", "L", "29", "1-7"]),
    st.sampled_from(["*", "0", "1-5", "6#1"]),
    st.integers(1, 30),
)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """Draw up to three windows that can be."""
    made: list[Window] = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from([allow, deny]))
        times = draw(st.one_of(CRONS, weeks()))
        made.append(kind(times, draw(st.sampled_from(ZONES))))
    return tuple(made)


@st.composite
def weeks(draw: st.DrawFn) -> Times:
    start = draw(CLOCKS)
    to = draw(CLOCKS.filter(lambda one: one != start))
    return weekly(start, to, *draw(st.lists(st.sampled_from(Weekday), unique=True)))


MOMENTS = st.integers(0, 14 * 30 * 24 * 60).map(lambda minute: MONDAY + timedelta(minutes=minute))
NEEDS = st.integers(0, 30).map(lambda hours: hours * HOUR)


@given(windows(), MOMENTS, NEEDS)
def test_it_opens_at_the_first_moment_at_which_it_is_open(
    windows: tuple[Window, ...], now: datetime, for_: timedelta
) -> None:
    opens = opens_at(windows, now, for_=for_)

    if opens is None:
        assert not is_open(windows, now, for_=for_)
    else:
        assert opens >= now
        assert is_open(windows, opens, for_=for_)
        assert opens == now or not is_open(windows, opens - INSTANT, for_=for_)


@given(windows(), MOMENTS)
def test_openings_are_the_times_in_which_it_is_open_and_no_others(
    windows: tuple[Window, ...], now: datetime
) -> None:
    found = openings(windows, now, 3)

    ends = now
    for one in found:
        if one.at > ends:
            assert not is_open(windows, ends)
            assert not is_open(windows, one.at - INSTANT)
        assert is_open(windows, one.at)
        if one.until is None:
            break
        assert is_open(windows, one.until - INSTANT)
        assert not is_open(windows, one.until)
        ends = one.until


@given(windows(), windows(), MOMENTS)
def test_another_window_that_denies_never_opens_anything(
    windows: tuple[Window, ...], more: tuple[Window, ...], now: datetime
) -> None:
    denying = tuple(one for one in more if one.deny is not None)

    assert is_open(windows, now) or not is_open((*windows, *denying), now)


@given(windows(), MOMENTS, NEEDS)
def test_whoever_looks_sooner_is_told_the_same(
    windows: tuple[Window, ...], now: datetime, for_: timedelta
) -> None:
    later = opens_at(windows, now + HOUR, for_=for_)
    sooner = opens_at(windows, now, for_=for_)

    if sooner is not None and sooner >= now + HOUR:
        assert later == sooner
