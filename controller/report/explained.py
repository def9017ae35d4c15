"""What names stand for: rules, reasons and controls, told one below the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, assert_never

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from controller.core.document.digest import plain
from controller.core.document.json import Document
from controller.core.explain import Named, covered_by
from controller.core.frameworks import CONTROLS, Control
from controller.core.judge.rule import Rule
from controller.core.reasons.meaning import Chapter, Meaning
from controller.report.markdown.rules import points
from controller.report.markdown.writing import without_links
from controller.report.page import Page, unfolded
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import ASIDE, HEADING, SEVERITY
from controller.report.words import first_sentence

_NONE_YET = "No rule covers it yet."


def render(named: Iterable[Named], page: Page) -> str:
    """Return all that is known of each of *named*."""
    parts: list[RenderableType] = []
    for one in named:
        parts += [*([Text()] if parts else []), *_told(one)]
    return page.lay_out(*parts)


def _told(one: Named) -> Iterator[RenderableType]:
    match one:
        case Rule():
            yield from _rule(one)
        case Meaning():
            yield from _meaning(one)
        case Control():
            yield from _control(one)
        case _:
            assert_never(one)


def _rule(rule: Rule[Any, Any]) -> Iterator[RenderableType]:
    told = rule.explained
    graveness = (str(rule.severity), SEVERITY[rule.severity])
    yield Text.assemble((rule.id, HEADING), "  ", graveness)
    yield Text(f"{rule.title}.")
    yield from _part("Why", [rule.why])
    yield from _part("What it relies on", points(told.relies_on))
    yield from _part("What it does", points(told.does))
    if told.before != told.after:
        yield from _part("Before", [_json(told.before)])
        yield from _part("After", [_json(told.after)])
    asked = (one for one in CONTROLS if one.id in told.frameworks)
    yield from _part("Asked for by", (f"{one.id} of {one.framework}" for one in asked))
    yield from _sources(told.sources)


def _meaning(meaning: Meaning) -> Iterator[RenderableType]:
    yield Text(meaning.code, HEADING)
    yield Text(without_links(meaning.means))
    yield from _part("Looks like", [_sentence(meaning.looks_like)])
    yield from _part("What to do", [_sentence(meaning.do)])
    yield from _part("Passes by itself", [_sentence(meaning.by_itself)])


def _control(control: Control) -> Iterator[RenderableType]:
    yield Text.assemble((control.id, HEADING), f"  {control.framework}")
    yield Text(control.asks)
    yield from _part("Rules", covered_by(control) or [_NONE_YET])
    yield from _part("How that differs", [control.differs])
    yield from _sources([control.url])


def _part(title: str, elements: Iterable[str]) -> Iterator[RenderableType]:
    """Yield a heading, and below it one paragraph or a list; nothing where nothing is said."""
    several = [*elements]
    if not several:
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    for element in several:
        told = Text(without_links(element))
        grid.add_row(*(["-", told] if len(several) > 1 else [told]))
    yield from (Text(), Text(title, ASIDE), Padding(grid, (0, 0, 0, 2)))


def _sources(urls: Sequence[str]) -> Iterator[RenderableType]:
    if urls:
        yield from (Text(), Text("Sources", ASIDE))
    yield from (unfolded(Text(f"  {url}")) for url in urls)


def _json(document: Document) -> str:
    return json.dumps(plain(document), indent=2, ensure_ascii=False)


def _sentence(markdown: str) -> str:
    return markdown[:1].upper() + markdown[1:]


def overview(rules: Sequence[Rule[Any, Any]], chapters: Sequence[Chapter], page: Page) -> str:
    """Return all names that can be explained, with a sentence for each."""
    parts: list[RenderableType] = [Text("Rules", HEADING), _grid((x.id, x.title) for x in rules)]
    for chapter in chapters:
        rows = ((one.code, first_sentence(without_links(one.means))) for one in chapter.meanings)
        parts += [Text(), Text(f"Reasons: {chapter.title}", HEADING), _grid(rows)]
    controls = ((one.id, f"{one.framework}: {one.asks}") for one in CONTROLS)
    parts += [Text(), Text("Controls of frameworks", HEADING), _grid(controls)]
    return page.lay_out(*parts)


def _grid(rows: Iterable[tuple[str, str]]) -> Padding:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, told in rows:
        grid.add_row(Text(name), Text(told))
    return Padding(grid, (0, 0, 0, 2))


def structure(named: Iterable[Named]) -> Structure:
    """Return the same as plain data, for JSON and YAML."""
    return {"schemaVersion": SCHEMA_VERSION, "explained": [_entry(one) for one in named]}


def _entry(one: Named) -> Structure:
    match one:
        case Rule(explained=told):
            return {
                "kind": "rule",
                "name": one.id,
                "title": one.title,
                "why": one.why,
                "severity": str(one.severity),
                "target": one.kind,
                "facts": list(one.facts),
                "reliesOn": list(points(told.relies_on)),
                "does": list(points(told.does)),
                "example": {"before": plain(told.before), "after": plain(told.after)},
                "controls": list(told.frameworks),
                "sources": list(told.sources),
            }
        case Meaning():
            return {
                "kind": "reason",
                "name": one.code,
                "means": one.means,
                "looksLike": one.looks_like,
                "do": one.do,
                "byItself": one.by_itself,
            }
        case Control():
            return {
                "kind": "control",
                "name": one.id,
                "framework": one.framework,
                "asks": one.asks,
                "differs": one.differs,
                "rules": list(covered_by(one)),
                "sources": [one.url],
            }
        case _:
            assert_never(one)
