"""What goes on, as a page: one paragraph for each thing that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.reason import Reason
from controller.core.refs import ClusterRef, Ref
from controller.core.state.model import ClusterState
from controller.core.state.waves import Stage, WaveStatus
from controller.core.status import Rolling, Status, Waiting
from controller.report.page import Page
from controller.report.styles import ASIDE, HEADING, NEW, OLD
from controller.report.words import clean, counted, moment, name, sentence

_STAGES: Final = {Stage.DONE: ASIDE, Stage.OPEN: NEW, Stage.WAITING: OLD}
_SHOWN: Final = 3


def render(status: Status, page: Page) -> str:
    """Return *status* as text; what nothing is to be said of is left out."""
    with_region = len({(one.account, one.region) for one in _refs(status)}) > 1
    parts: list[RenderableType] = [Text(_answer(status), HEADING), Text(_seen(status), ASIDE)]
    for heading, rows in _paragraphs(status, with_region=with_region):
        told = list(rows)
        if told:
            parts += [Text(), Text(heading, HEADING), *(_indented(one) for one in told)]
    return page.lay_out(*parts)


def _paragraphs(
    status: Status, *, with_region: bool
) -> Iterator[tuple[str, Iterable[RenderableType]]]:
    yield "Clusters", (_cluster(ref, one) for ref, one in status.clusters.items())
    yield (
        "Stopped",
        (line for one in status.lines for line in _reason(f"policy {one.policy}", one.reason)),
    )
    yield "Waves", _waves(status.waves)
    yield "Rolls", _rolls(status.rolls, with_region=with_region)
    yield "Waiting", _waits(status.waiting, with_region=with_region)
    yield (
        "Held",
        (
            line
            for one in status.holds
            for line in _reason(name(one.ref, with_region=with_region), one.reason)
        ),
    )
    yield "Suspended", (Text(name(one, with_region=with_region)) for one in status.suspended)
    yield "Not seen", (Text(clean(one), OLD) for one in status.gaps)


def _answer(status: Status) -> str:
    waiting = {ref for one in status.waiting for ref in one.refs}
    told = [
        (len(status.rolls), "roll", "in flight"),
        (len(waiting), "target", "waiting"),
        (len(status.ready), "target", "ready for a process that enforces"),
        (len(status.holds), "target", "held"),
        (len(status.suspended), "service", "suspended"),
    ]
    said = [f"{counted(number, noun)} {state}" for number, noun, state in told if number]
    return f"{', '.join(said)}." if said else "Nothing goes on, and nothing waits."


def _seen(status: Status) -> str:
    by = "no policy given, so what waits is not known"
    if status.policy_digest is not None:
        by = f"policy {status.policy_digest[:16]}"
    return f"Seen {moment(status.observed_at)}, {by}"


def _refs(status: Status) -> Iterator[Ref]:
    yield from status.clusters
    yield from (one.ref for one in status.rolls)
    yield from (one.ref for one in status.holds)
    yield from (ref for one in status.waiting for ref in one.refs)
    yield from status.suspended


def _cluster(ref: ClusterRef, says: ClusterState | Reason) -> Text:
    if isinstance(says, Reason):
        return Text.assemble(f"{ref.region} {clean(ref.name)}: ", (sentence(says), OLD))
    told = []
    if says.paused is not None:
        by = "" if says.paused_by is None else f" by {says.paused_by}"
        told.append(f"paused since {moment(says.paused)}{by}")
    if says.unknown_member is not None:
        told.append(f"registering stopped: ECS did not keep {says.unknown_member} as it was sent")
    return Text.assemble(f"{ref.region} {clean(ref.name)}: ", (clean("; ".join(told)), OLD))


def _reason(called: str, reason: Reason) -> Iterator[RenderableType]:
    yield Text.assemble(f"{clean(called)}: ", (sentence(reason), OLD))
    if reason.remedy:
        yield Padding(Text(clean(reason.remedy), ASIDE), (0, 0, 0, 2))


def _waves(waves: Sequence[WaveStatus]) -> Iterator[RenderableType]:
    if not waves:
        return
    grid = _grid()
    for one in waves:
        rolling = f", {one.rolling} in flight" if one.rolling else ""
        waits = "" if one.waits is None or one.stage is not Stage.WAITING else sentence(one.waits)
        grid.add_row(
            Text(clean(f"{one.policy}/{one.name}")),
            Text(str(one.stage), _STAGES[one.stage]),
            Text(f"{one.done} of {one.services} done{rolling}"),
            Text(f"{waits}{_until(one.until)}"),
        )
    yield grid


def _rolls(rolls: Sequence[Rolling], *, with_region: bool) -> Iterator[RenderableType]:
    if not rolls:
        return
    grid = _grid()
    for one in rolls:
        since = "" if one.roll.since is None else f"since {_time(one.roll.since)}"
        grid.add_row(
            Text(name(one.ref, with_region=with_region)),
            Text(clean(one.roll.task_definition.rsplit("/", 1)[-1])),
            Text(one.roll.phase),
            Text(f"{since}{_until(one.roll.until)}"),
        )
    yield grid


def _waits(waiting: Sequence[Waiting], *, with_region: bool) -> Iterator[RenderableType]:
    if not waiting:
        return
    grid = _grid()
    for one in waiting:
        named = [name(ref, with_region=with_region) for ref in one.refs[:_SHOWN]]
        more = [f"{len(one.refs) - _SHOWN} more"] if len(one.refs) > _SHOWN else []
        grid.add_row(
            Text(str(len(one.refs)), justify="right"),
            Text(clean(one.code)),
            Text(f"{', '.join((*named, *more))}{_until(one.until)}"),
        )
    yield grid


def _grid() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _until(when: datetime | None) -> str:
    return "" if when is None else f", until {_time(when)}"


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"
