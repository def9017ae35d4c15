"""Windows: whether rolls may start now, when they may next, and for how long.

A window that denies wins. Where one allows, every other time is closed. What cannot be read allows
nothing: it allows never, and denies always.

Clocks are moved. A time that the clock leaves out is the first moment after the gap. Of a time that
it shows twice, a window begins at the first; one that allows ends at the first, too, and one that
denies at the second. A window of cron lasts as long as it says, whatever the clock shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import count, islice
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from controller.core.policy.window import MIDNIGHT, Weekday, Window, clock

AHEAD: Final = timedelta(days=400)
"""How far openings are looked for: what comes once a year is found."""

LONG: Final = timedelta(days=400)
"""For how long each is followed: one that lasts longer ends at no time that anybody waits for."""

_MOST: Final = 1_000
"""Openings that are looked at for one that is long enough."""

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)

Span: TypeAlias = tuple[datetime, datetime]
"""From a moment to another, which is no part of it, both in UTC."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A time in which rolls may start, both ends in UTC.

    `until` None: it lasts for `LONG`, at least.
    """

    at: datetime
    until: datetime | None

    def lasts(self, for_: timedelta) -> bool:
        """Tell whether it is open for so long from its beginning."""
        return for_ <= (LONG if self.until is None else self.until - self.at)


def is_open(windows: Sequence[Window], now: datetime, *, for_: timedelta = timedelta(0)) -> bool:
    """Tell whether a roll may start now that needs the window to stay open for so long."""
    return opens_at(windows, now, for_=for_) == now


def opens_at(
    windows: Sequence[Window], now: datetime, *, for_: timedelta = timedelta(0)
) -> datetime | None:
    """Return the first moment, from *now* on, at which a roll may start that needs so long.

    It is *now* where that is such a moment, and None where there is none as far as was looked.
    """
    looked_at = islice(_openings(windows, now), _MOST)
    return next((one.at for one in looked_at if one.lasts(for_)), None)


def openings(windows: Sequence[Window], now: datetime, many: int) -> tuple[Opening, ...]:
    """Return the next times in which rolls may start, so many; one that is now begins now."""
    return tuple(islice(_openings(windows, now), many))


def _openings(windows: Sequence[Window], now: datetime) -> Iterator[Opening]:
    whole = (now, now + AHEAD + LONG)
    allowing = [one for one in windows if one.allow is not None]
    denying = [one for one in windows if one.allow is None]
    allowed = _joined(_within(whole, one) for one in allowing) if allowing else iter((whole,))
    for begins, ends in _less(allowed, _joined(_within(whole, one) for one in denying)):
        if begins > now + AHEAD:
            return
        yield Opening(begins, None if ends == whole[1] else ends)


def _less(spans: Iterator[Span], denied: Iterator[Span]) -> Iterator[Span]:
    """Yield what is left of spans without what is denied; the spans of either do not overlap."""
    taken = next(denied, None)
    for begins, ends in spans:
        left = begins
        while taken is not None and taken[0] < ends:
            if left < taken[0]:
                yield left, taken[0]
            left = max(left, taken[1])
            if taken[1] > ends:
                break
            taken = next(denied, None)
        if left < ends:
            yield left, ends


def _joined(windows: Iterable[Iterator[Span]]) -> Iterator[Span]:
    """Yield when at least one window is, as spans that neither overlap nor touch."""
    held: Span | None = None
    for begins, ends in merge(*windows):
        if held is not None and begins <= held[1]:
            held = (held[0], max(held[1], ends))
            continue
        if held is not None:
            yield held
        held = (begins, ends)
    if held is not None:
        yield held


def _within(whole: Span, window: Window) -> Iterator[Span]:
    """Yield when a window is, as far as that lies within a span, in the order of beginnings."""
    try:
        zone = ZoneInfo(window.zone)
        for begins, ends in _spans(window, zone, whole[0]):
            if begins >= whole[1]:
                return
            if ends > max(begins, whole[0]):
                yield max(begins, whole[0]), min(ends, whole[1])
    except (CronSimError, ZoneInfoNotFoundError, OSError, ValueError):
        if window.deny is not None:
            yield whole


def _spans(window: Window, zone: ZoneInfo, since: datetime) -> Iterator[Span]:
    """Yield when a window is, without end; all that ends after *since* is among it."""
    times = window.times
    if times.cron is not None and times.duration is not None:
        around = (since - times.duration - _DAY).astimezone(zone)
        for begins in CronSim(times.cron, around):
            at = begins.astimezone(UTC)
            yield at, at + times.duration
        return
    start, to = times.start or MIDNIGHT, times.to or MIDNIGHT
    wanted = times.days or tuple(Weekday)
    first = since.astimezone(zone).date() - 2 * _DAY
    for day in (first + number * _DAY for number in count()):
        if tuple(Weekday)[day.weekday()] in wanted:
            last = day + _DAY if to <= start or to == MIDNIGHT else day
            fold = int(window.deny is not None)
            yield _moment(day, start, zone), _moment(last, to, zone, fold=fold)


def _moment(day: date, at: str, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """Return when the clocks of a zone show a time on a day: the first or second time, or next."""
    local = datetime.combine(day, clock(at), zone)
    while local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        local += _MINUTE  # the clock leaves it out
    return local.replace(fold=fold).astimezone(UTC)
