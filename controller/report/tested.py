"""Tests of policies: which cases came out as expected, and what came out otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from controller.core.document.json import Json
from controller.core.document.unresolved import WITHHELD
from controller.core.inventory_file.redact import redacted_task_definition
from controller.core.policy_test.actual import Mismatch
from controller.core.policy_test.run import Tested
from controller.report.page import Page, unfolded
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import HEADING, NEW, OLD
from controller.report.words import clean, counted


def render(tested: Sequence[Tested], untested: Sequence[str], page: Page) -> str:
    """Return each case that did not come out as expected, then how many did."""
    parts: list[RenderableType] = []
    for one in tested:
        if not one.passed:
            parts += [*_failed(one), Text()]
    parts += [Text(f"No case shows {clean(one)}.", HEADING) for one in untested]
    return page.lay_out(*parts, Text(answer(tested), HEADING))


def answer(tested: Sequence[Tested]) -> str:
    """Return in a sentence how it went."""
    failed = sum(not one.passed for one in tested)
    cases = counted(len(tested), "case")
    if not tested:
        return "There is no test."
    return f"{failed} of {cases} failed." if failed else f"{cases} passed."


def _failed(tested: Tested) -> Iterator[RenderableType]:
    place = f"{clean(str(tested.place))}: "
    yield unfolded(Text.assemble(place, ("failed", OLD), f" {clean(tested.name)}"))
    if tested.unjudged is not None:
        yield Padding(Text(clean(tested.unjudged)), (0, 0, 0, 2))
    for one in tested.mismatches:
        yield Padding(Text(one.member, HEADING), (0, 0, 0, 2))
        yield from (Padding(_coloured(line), (0, 0, 0, 4)) for line in lines(one))


def _coloured(line: str) -> Text:
    return Text(clean(line), {"-": OLD, "+": NEW}.get(line[:1], ""))


def lines(mismatch: Mismatch) -> list[str]:
    """Return what was expected (-) and what came (+), line by line.

    Of documents only what reports may show: they hold environment values.
    """
    sides = (mismatch.expected, mismatch.actual)
    if mismatch.member == "document":
        sides = (_redacted(mismatch.expected), _redacted(mismatch.actual))
    expected, actual = (_written(one).splitlines() for one in sides)
    if expected == actual:
        return ["they differ in values that are not shown"]
    _, _, *rest = unified_diff(expected, actual, lineterm="", n=2)
    return [line for line in rest if not line.startswith("@@")]


def _redacted(document: Json) -> Json:
    return redacted_task_definition(document) if isinstance(document, Mapping) else document


def _written(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True, default=_hole)


def _hole(value: object) -> str:
    return "(not shown)" if value == WITHHELD else f"({value})"


def structure(tested: Sequence[Tested], untested: Sequence[str]) -> Structure:
    """Return the same as plain data, for JSON and YAML."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "passed": all(one.passed for one in tested),
        "cases": [_case(one) for one in tested],
        "untested": list(untested),
    }


def _case(tested: Tested) -> Structure:
    return {
        "test": tested.test,
        "name": tested.name,
        "passed": tested.passed,
        "file": tested.place.file,
        "line": tested.place.line,
        "column": tested.place.column,
        "unjudged": tested.unjudged,
        "mismatches": [{"member": one.member, "diff": lines(one)} for one in tested.mismatches],
    }
