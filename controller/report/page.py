"""The page that a text is laid out for."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """`width` in characters; `colour` tells whether whoever reads it can show colours."""

    width: int = 80
    colour: bool = False

    def lay_out(self, *parts: RenderableType) -> str:
        """Return *parts* as text; only an `unfolded` line may be wider than the page."""
        console = Console(
            file=StringIO(),
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )
        with console.capture() as captured:
            for part in parts:
                console.print(part, crop=False)
        return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def unfolded(text: Text) -> RenderableType:
    """Return *text* as a line that stays one: a place that an editor opens, say."""
    text.no_wrap, text.overflow = True, "ignore"
    return Group(text)  # by itself, a console would lay it out like any other
