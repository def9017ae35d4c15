"""A plan: every change in full, and what would come of it or what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.consent import NOT_ENFORCED
from controller.core.outcome import Outcome
from controller.core.reason import Sync
from controller.core.refs import ServiceRef
from controller.core.report import Report
from controller.report.diff import diff
from controller.report.moves import would
from controller.report.page import Page
from controller.report.styles import ASIDE, HEADING, NEW, OLD, SYNC
from controller.report.summary import summary
from controller.report.table import findings_grid
from controller.report.words import clean, counted, in_order, name, sentence, spans_regions

_FOR_THE_SOURCE: Final = {"OwnedElsewhere", "UnsupportedController"}
_AS_PATCH: Final = "As a JSON Patch of the task definition: --output json, plan.patch."


def render(report: Report, page: Page, *, every: bool = False) -> str:
    """Return *report* as a plan; targets in which nothing differs are listed only for *every*."""
    with_region = spans_regions(report)
    parts: list[RenderableType] = [*summary(report)]
    for one in in_order(report):
        if every or _concerns(one):
            parts += [Text(), *target(one, with_region=with_region)]
    return page.lay_out(*parts, Text(), Text(_total(report), HEADING))


def _concerns(outcome: Outcome) -> bool:
    unsettled = {Sync.DRIFTED, Sync.UNKNOWN, Sync.UNDECIDED}
    return outcome.sync in unsettled or outcome.move is not None or outcome.in_flight


def target(outcome: Outcome, *, with_region: bool) -> Iterator[RenderableType]:
    """Yield how one target stands, what would come of it, every change, and what stays."""
    called = name(outcome.ref, with_region=with_region)
    yield Text.assemble((called, HEADING), "  ", (str(outcome.sync), SYNC[outcome.sync]))
    yield from (Padding(line, (0, 0, 0, 2)) for line in _step(outcome))
    if outcome.proposal is not None:
        yield from diff(outcome.proposal)
        if outcome.reason is not None and outcome.reason.code in _FOR_THE_SOURCE:
            yield Padding(Text(_AS_PATCH, ASIDE), (0, 0, 0, 2))
    if unmended := [one for one in outcome.findings if not one.fixable]:
        yield findings_grid(unmended)


def _step(outcome: Outcome) -> Iterator[Text]:
    if outcome.move is not None:
        yield Text(f"It would {would(outcome.move)}.", NEW)
    elif outcome.awaits_consent:
        later = ", once nothing holds it any more" if len(outcome.held_by) > 1 else ""
        yield Text(f"Apply would {_deed(outcome)}{later}.", NEW)
    for reason in outcome.held_by:
        if outcome.awaits_consent and reason == NOT_ENFORCED:
            continue
        yield Text(f"Held by {sentence(reason)}", OLD)
        if reason.remedy:
            yield Text(clean(reason.remedy))


def _deed(outcome: Outcome) -> str:
    if isinstance(outcome.ref, ServiceRef):
        return "register this as a new revision and roll the service to it"
    return "make this change to the log group"


def _total(report: Report) -> str:
    ready = sum(one.awaits_consent for one in report.outcomes)
    held = sum(_concerns(one) for one in report.outcomes) - ready
    if not ready and not held:
        return "Nothing to change."
    return f"{counted(ready, 'target')} could be changed now, {held} held or waiting."
