"""What came of a person's word: what was written where, what need not be, and what failed."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.word import Heard, Write
from controller.report.page import Page
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import ASIDE, NEW, OLD
from controller.report.words import clean


def render(heard: Heard, page: Page) -> str:
    """Return what came of it, one thing a line; what went wrong comes last."""
    parts = [
        *(_line(one.ref, _done(one), NEW) for one in heard.written),
        *(_line(one.ref, one.because, ASIDE) for one in heard.needless),
        *(_line(one.ref, f"not {one.done}: you said no", ASIDE) for one in heard.declined),
        *(_line(one.ref, f"failed: {one.reason}", OLD) for one in heard.failed),
    ]
    return page.lay_out(*parts, Text(_summed_up(heard)))


def would(writes: Iterable[Write], page: Page) -> str:
    """Return what would be written, to be shown before it is asked for."""
    return page.lay_out(*(_would(one) for one in writes))


def structure(heard: Heard) -> Structure:
    """Return the same as plain data; `value` is null where the tag was taken away."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "written": [_write(one) for one in heard.written],
        "needless": [{**_named(one.ref), "because": one.because} for one in heard.needless],
        "declined": [_write(one) for one in heard.declined],
        "failed": [{**_named(one.ref), "reason": one.reason} for one in heard.failed],
    }


def _line(ref: ClusterRef | ServiceRef, told: str, style: object) -> Text:
    return Text.assemble(f"{ref.region} {clean(str(ref))}: ", (clean(told), style))  # type: ignore[arg-type]  # a Style


def _done(one: Write) -> str:
    """Return what was done, and what somebody had said there before."""
    if one.value is None or one.before is None:
        return one.done
    return f"{one.done}, in place of: {one.before}"


def _would(one: Write) -> Text:
    before = "" if one.before is None else f" (now: {clean(one.before)})"
    place = f"{one.ref.region} {clean(str(one.ref))}: "
    if one.value is None:
        return Text.assemble(place, (f"- {clean(one.tag)}", OLD), (before, ASIDE))
    return Text.assemble(place, (f"+ {clean(one.tag)}={clean(one.value)}", NEW), (before, ASIDE))


def _summed_up(heard: Heard) -> str:
    if heard.failed and heard.written:
        return f"Done on {len(heard.written)}, not on {len(heard.failed)}: say it again."
    return "" if heard.written else "Nothing was written."


def _write(one: Write) -> Structure:
    return {**_named(one.ref), "tag": one.tag, "value": one.value, "before": one.before}


def _named(ref: ClusterRef | ServiceRef) -> Structure:
    kind = "cluster" if isinstance(ref, ClusterRef) else "service"
    cluster = ref.name if isinstance(ref, ClusterRef) else ref.cluster
    return {
        "kind": kind,
        "name": ref.name,
        "cluster": cluster,
        "arn": ref.arn,
        "account": ref.account,
        "region": ref.region,
    }
