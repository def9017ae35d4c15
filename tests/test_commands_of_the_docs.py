"""Every command that a page shows is one that the program would take."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest

from controller.cli import program
from tests.test_docs import FENCE, PAGES, ROOT, prose

SHOWN = re.compile(r"^\s*(?:\$ |(?:- )?run: )?(ecs-logging .*)$", re.MULTILINE)
NAMED = re.compile(r"`(ecs-logging [^`]+)`")
ENDS = {">", ">>", "|", "&&", ";"}


def shown(text: str) -> Iterator[str]:
    """Yield the commands in the blocks of code of a page."""
    for _, body in FENCE.findall(text):
        yield from SHOWN.findall(body)


def words_of(line: str) -> list[str]:
    """Return the words that the program gets, of a line for a shell."""
    words = shlex.split(line, comments=True)[1:]
    return words[: next((at for at, word in enumerate(words) if word in ENDS), len(words))]


def found(words: list[str]) -> tuple[click.Command, click.Context, list[str]]:
    """Return the command to which words lead, and what it gets; refuse what leads nowhere."""
    command: click.Command = program()
    context = click.Context(command, info_name="ecs-logging")
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name, verb, rest = command.resolve_command(context, rest)
        assert verb is not None
        context = click.Context(verb, parent=context, info_name=name)
        command = verb
    return command, context, rest


def take(line: str) -> None:
    """Parse a whole command, and do not run it; what the program would refuse raises."""
    command, context, rest = found(words_of(line))
    command.make_context(context.info_name, rest, parent=context.parent).close()


def recognise(line: str) -> None:
    """Parse a command that is only named, whatever it lacks to be run."""
    command, context, rest = found(words_of(line))
    with suppress(click.BadOptionUsage):  # an option may be named without a value
        command.make_parser(context).parse_args(rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_would_be_taken(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for line in shown(text):
        try:
            take(line)
        except click.UsageError as refused:
            pytest.fail(f"{line}: {refused.message}")
    for line in NAMED.findall(prose(text)):
        try:
            recognise(line)
        except click.UsageError as refused:
            pytest.fail(f"{line}: {refused.message}")


def test_the_pages_show_commands() -> None:
    lines = [line for page in PAGES for line in shown(page.read_text(encoding="utf-8"))]

    assert len(lines) > 30


@pytest.mark.parametrize(
    "line",
    [
        "ecs-logging adit --policy policies",
        "ecs-logging policy vaildate policies",
        "ecs-logging audit --polcy policies",
        "ecs-logging audit --policy policies --output sarif",
        "ecs-logging audit # --policy policies",
        "ecs-logging policy validate > policies",
    ],
)
def test_what_the_program_would_refuse_is_seen(line: str) -> None:
    with pytest.raises(click.UsageError):
        take(line)


@pytest.mark.parametrize("line", ["ecs-logging adit", "ecs-logging audit --polcy"])
def test_so_is_what_is_only_named(line: str) -> None:
    with pytest.raises(click.UsageError):
        recognise(line)
