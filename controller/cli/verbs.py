"""A group of verbs that imports a verb only when it is used: `--help` reads a table."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import click


class Verb(NamedTuple):
    """One row of the table: the verb's name, which is that of its module, and what it does."""

    name: str
    does: str


class Verbs(click.Group):
    """A group whose commands stand in a table; each module has its command as `command`."""

    def __init__(
        self,
        name: str,
        *,
        verbs: Sequence[Verb],
        package: str,
        help: str,  # noqa: A002  # click's own name for it
        epilog: str | None = None,
        params: list[click.Parameter] | None = None,
    ) -> None:
        super().__init__(name, help=help, epilog=epilog, params=params)
        self.verbs = tuple(verbs)
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [verb.name for verb in self.verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"{self._package}.{cmd_name}").command
        if not isinstance(found, click.Command):
            msg = f"{self._package}.{cmd_name}.command is no command"
            raise TypeError(msg)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one was probably meant."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            close = get_close_matches(args[0], known, n=1)
            hint = f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(known)}."
            ctx.fail(f"There is no verb {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of verbs, without importing any of them."""
        with formatter.section("Verbs"):
            formatter.write_dl(self.verbs)
