"""How a verb reports: the form of its result, what counts as failed, and the page."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:  # rich takes a while: not before something is shown
    from controller.core.policy.severity import Severity
    from controller.report.page import Page
    from controller.report.structure import Structure

_WIDTH: Final = 80
_WIDEST: Final = 120  # beyond it, the eye loses the line


class Output(StrEnum):
    """The forms of a result: for people, and for programs."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


EVERYWHERE: Final = (Output.TABLE, Output.JSON, Output.YAML)
"""The forms in which every verb reports."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a person asked of the report. `every`: what is as it should be is listed, too."""

    output: Output = Output.TABLE
    fail_on: Severity | None = None
    every: bool = False

    def say(
        self,
        table: Callable[[Page], str],
        structure: Callable[[], Structure],
        **more: Callable[[], str],
    ) -> None:
        """Write the result to standard output, in the form that was asked for.

        *more* are the forms that this verb has besides, by their names.
        """
        match self.output:
            case Output.TABLE:
                click.echo(table(page()), nl=False)
            case Output.JSON:
                from controller.report import json  # noqa: PLC0415  # only if asked for

                click.echo(json.render(structure()), nl=False)
            case Output.YAML:
                from controller.report import yaml  # noqa: PLC0415  # only if asked for

                click.echo(yaml.render(structure()), nl=False)
            case other:
                click.echo(more[other](), nl=False)

    def close(self, line: str) -> None:
        """Say what to type next: to people only."""
        if self.output is Output.TABLE:
            click.echo(f"\n{line}")


def page() -> Page:
    """Return the page for standard output: 80 characters wide where that is no terminal."""
    from controller.report.page import Page  # noqa: PLC0415  # rich takes a while

    if not sys.stdout.isatty():
        return Page(_WIDTH)
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    return Page(min(width, _WIDEST), colour=not plain)
