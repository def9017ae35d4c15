"""What reasons mean, as Markdown: docs/reasons.md, and the help of a single one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Final

from controller.core.reasons.meaning import Chapter, Meaning
from controller.report.markdown.writing import heading, listing, page

_MADE: Final = "<!-- Made by `make docs` from controller/core/reasons/: change it there. -->"
_INTRO: Final = """\
Why a finding is not mended, why a service waits, why a policy is refused. Each reason has a name; \
this page has one section for each, and `ecs-logging explain NAME` shows it.

Where you meet them:

- `blocked` of a finding: why its edit is not made.
- `reason` of a target: why the next step is not taken, or why an unusual one is.
- gaps: what could not be listed or looked at. A report with gaps is incomplete (exit code 4).
- `policy validate`, and every verb that reads policies: why a policy is refused.

"By itself" says whether you can go back to bed. A target in which nothing goes on is looked at \
again every five minutes, one that is being rolled much more often: at least every 15 seconds.

A service is `Degraded` where somebody should look: a roll has failed, or the controller cannot \
tell. It is `Healthy` while it merely waits, even if it drifts.
"""


def render(chapters: Iterable[Chapter]) -> str:
    """Return the page of all reasons."""
    blocks = (block for chapter in chapters for block in _chapter(chapter))
    return page(_MADE, heading(1, "Reasons"), _INTRO, *blocks)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield heading(2, chapter.title)
    paragraphs = cleandoc(chapter.intro).split("\n\n")
    yield from (" ".join(one.split()) for one in paragraphs)
    for meaning in chapter.meanings:
        yield heading(3, meaning.code)
        yield help_of(meaning)


def help_of(meaning: Meaning) -> str:
    """Return what a reason means, what to do, and whether it passes."""
    answers = (
        f"**Looks like:** {meaning.looks_like}",
        f"**Do:** {meaning.do}",
        f"**By itself:** {meaning.by_itself}",
    )
    return page(meaning.means, listing(answers)).rstrip("\n")
