from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from controller.cli import VERBS, program
from controller.cli.policy import VERBS as POLICY_VERBS
from controller.cli.verbs import Verbs
from tests.cli.program import ecs_logging

HEAVY = ("aiobotocore", "aiohttp", "asyncio", "botocore", "moto", "pydantic", "rich", "ruamel")


SPEAK = ("pause", "resume", "suspend", "approve", "rollback")
TYPED = {(verb, option) for verb in SPEAK for option in ("--all", "--line", "--yes")}
"""What only a person may say at the moment: that all is meant, and yes."""


def commands(group: Verbs, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command of the program with the words that lead to it."""
    context = click.Context(group)
    for verb in group.list_commands(context):
        command = group.get_command(context, verb)
        assert command is not None
        yield (*path, verb), command
        if isinstance(command, Verbs):
            yield from commands(command, *path, verb)


def all_commands() -> dict[tuple[str, ...], click.Command]:
    """Return every command of the program by the words that lead to it."""
    whole = program()
    assert isinstance(whole, Verbs)
    return dict(commands(whole))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["policy", "--help"], ["adit"]])
def test_what_shows_only_the_table_imports_nothing_heavy(arguments: list[str]) -> None:
    probe = (
        "import sys; from controller.cli import program\n"
        "try: program().main(sys.argv[1:], prog_name='ecs-logging')\n"
        f"finally: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", probe, *arguments], capture_output=True, text=True, check=False
    )

    assert ended.stderr.splitlines()[-1] == "[]"


def test_help_lists_every_verb_with_what_it_does() -> None:
    told = ecs_logging("--help").stdout

    lines = [line.split(maxsplit=1) for line in told.splitlines()]
    assert [verb for verb in VERBS if [verb.name, verb.does] not in lines] == []


@pytest.mark.parametrize("verb", [*VERBS, *POLICY_VERBS], ids=lambda verb: verb.name)
def test_the_table_says_of_a_verb_what_the_verb_says_of_itself(verb: tuple[str, str]) -> None:
    name, does = verb
    package = "controller.cli.policy" if verb in POLICY_VERBS else "controller.cli"
    command = import_module(f"{package}.{name}").command

    if not isinstance(command, Verbs):
        assert (command.help or "").splitlines()[0] == does


def test_every_verb_has_help_that_fits_80_columns() -> None:
    told = {words: ecs_logging(*words, "--help") for words in all_commands()}

    assert {words: one.exit_code for words, one in told.items() if one.exit_code} == {}
    lines = [line for one in told.values() for line in one.stdout.splitlines()]
    assert [line for line in lines if len(line) > 80] == []


def test_every_option_can_be_given_by_a_variable_of_its_name() -> None:
    options = [
        (words, option)
        for words, command in all_commands().items()
        if words != ("demo",)
        for option in command.params
        if isinstance(option, click.Option) and (words[0], option.opts[0]) not in TYPED
    ]

    names = {f"{one.opts[0]}": one.envvar for _, one in options}
    assert names == {
        name: f"ECS_LOGGING_{name.removeprefix('--').replace('-', '_').upper()}" for name in names
    }


def test_what_only_a_person_may_say_has_no_variable() -> None:
    variables = {
        (words[0], option.opts[0]): option.envvar
        for words, command in all_commands().items()
        for option in command.params
        if isinstance(option, click.Option) and (words[0], option.opts[0]) in TYPED
    }

    assert set(variables.values()) == {None}
    assert len(variables) == 9  # --yes five times, --all three times, --line once


def test_a_verb_that_is_nearly_right_is_guessed_at() -> None:
    result = ecs_logging("adit")

    assert result.exit_code == 2
    assert "There is no verb 'adit'. Did you mean 'audit'?" in result.stderr


def test_a_verb_that_is_nothing_like_one_shows_those_that_there_are() -> None:
    result = ecs_logging("frobnicate")

    assert result.exit_code == 2
    assert "There are: audit, plan, apply" in result.stderr


def test_python_m_controller_is_the_program() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "controller", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.startswith("ecs-logging ")
