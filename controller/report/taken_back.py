"""What came of taking services back: what would be, each write, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.record import Record, Result
from controller.core.refs import ServiceRef
from controller.core.taken_back import Begun, Ending, Planned, Rollback, Suspending, TakenBack
from controller.report import record
from controller.report.named import named
from controller.report.page import Page
from controller.report.reasons import told as reason_told
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import ASIDE, HEADING, NEW, OLD
from controller.report.words import clean, counted, listed

_STYLES: Final = {
    Ending.FAILED: OLD,
    Ending.REFUSED: OLD,
    Ending.NOT_BEGUN: ASIDE,
    Ending.DECLINED: ASIDE,
    Ending.BACK: NEW,
    Ending.ALREADY: ASIDE,
}
_ENDED: Final = {
    Ending.FAILED: "failed",
    Ending.REFUSED: "not taken back",
    Ending.NOT_BEGUN: "not begun, since another failed",
    Ending.DECLINED: "not taken back: you said no",
    Ending.BACK: "taken back",
    Ending.ALREADY: "back already",
}


def would(planned: Iterable[Planned], page: Page) -> str:
    """Return what would be done, to be shown before it is asked for."""
    return page.lay_out(*(_would(one) for one in planned))


def line(one: Begun) -> str:
    """Return one write as a line, as it is made."""
    if isinstance(one, Suspending):
        told = "stays suspended" if one.already else "is suspended first"
        return clean(f"{one.ref.region} {one.ref}: {told}")
    called = f"{one.ref.region} {one.ref}"
    if one.result is not Result.DONE:
        return clean(f"{called}: {one.move} {str(one.result).lower()}: {one.code}")
    went_to = "" if one.went_to is None else f" to {_short(one.went_to)}"
    return clean(f"{called}: leaves {_short(one.came_from)}{went_to}")


def render(rolled: Rollback, page: Page) -> str:
    """Return how it ended for each; what went wrong comes last, where the eye is."""
    order = [*Ending]
    by_ending = sorted(rolled.services, key=lambda one: -order.index(one.ending))
    parts: list[RenderableType] = []
    for one in by_ending:
        parts += _target(one)
    if suspended := [one.ref for one in rolled.services if one.suspended]:
        all_are = len(suspended) == len(rolled.services)
        who = "They stay suspended" if all_are else f"Suspended: {listed(map(_name, suspended))}"
        told = f"{who}. To have one corrected again: ecs-logging resume SERVICE"
        parts += [Text(), Text(told)]
    if rolled.gaps:
        parts += [Text(), Text("Not seen, so there may be more:", OLD)]
        parts += [Text(f"  {clean(gap)}") for gap in rolled.gaps]
    return page.lay_out(*parts, Text(), Text(_answer(rolled), HEADING))


def interrupted(begun: Sequence[Begun], page: Page) -> str:
    """Return what had been begun when a person broke it off, and how to go on from there."""
    moved = [one for one in begun if isinstance(one, Record) and one.result is Result.DONE]
    told = {one.ref: "suspended; no move is known of" for one in begun}
    told |= {one.ref: f"suspended; leaves {_short(one.came_from)}" for one in moved}
    if not told:
        return page.lay_out(Text("Nothing was begun."))
    return page.lay_out(
        Text("Broken off. What was begun goes on in ECS, and nobody watches it here:", HEADING),
        *(Text(f"  {ref.region} {clean(str(ref))}: {how}") for ref, how in told.items()),
        Text("To go on, say the same again. To have one corrected again:"),
        Text("  ecs-logging resume SERVICE"),
    )


def structure(rolled: Rollback) -> Structure:
    """Return the same as plain data."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "services": [_service(one) for one in rolled.services],
        "gaps": list(rolled.gaps),
    }


def _would(one: Planned) -> Text:
    called = f"{one.ref.region} {_name(one.ref)}: "
    if one.under_way or one.went_to is None:
        return Text.assemble(called, ("is on its way back, and would be watched", ASIDE))
    came_from, went_to = _short(one.came_from), _short(one.went_to)
    return Text.assemble(called, (came_from, OLD), " → ", (went_to, NEW))


def _target(one: TakenBack) -> Iterator[RenderableType]:
    moved = "" if one.went_to is None else f", to {_short(one.went_to)}"
    yield Text.assemble(
        f"{one.ref.region} {_name(one.ref)}: ",
        (f"{_ENDED[one.ending]}{moved}", _STYLES[one.ending]),
    )
    if one.reason is not None:
        yield Padding(Text(clean(one.reason.code), HEADING), (0, 0, 0, 2))
        yield from reason_told(one.reason)


def _answer(rolled: Rollback) -> str:
    if not rolled.services:
        return "No service was rolled since then."
    counts = Counter(one.ending for one in rolled.services)
    told = [f"{counts[one]} {_ENDED[one]}" for one in reversed(Ending) if counts[one]]
    return f"Of {counted(len(rolled.services), 'service')}: {listed(told)}."


def _service(one: TakenBack) -> Structure:
    reason = one.reason
    return named(one.ref) | {
        "ending": str(one.ending),
        "reason": None if reason is None else reason.code,
        "message": None if reason is None else reason.message,
        "remedy": None if reason is None else reason.remedy,
        "from": one.came_from,
        "to": one.went_to,
        "suspended": one.suspended,
        "writes": [record.structure(write) for write in one.writes],
    }


def _name(ref: ServiceRef) -> str:
    return clean(f"{ref.cluster}/{ref.name}")


def _short(arn: str | None) -> str:
    return "?" if arn is None else clean(arn.rsplit("/", 1)[-1])
