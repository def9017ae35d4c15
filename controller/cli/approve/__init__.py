"""`approve`: the verbs by which a person says yes to what is held until then."""

from __future__ import annotations

from typing import Final

import click

from controller.cli.verbs import Verb, Verbs

VERBS: Final = (
    Verb("service", "Try a service again that was held: approve prod/web, in short."),
    Verb("policy", "Let a set of policies come in force, whatever it changes."),
    Verb("wave", "Let a wave of a policy begin."),
    Verb("account", "Register again where ECS did not keep what it was sent."),
)


class Approve(Verbs):
    """The group; `approve prod/web` is `approve service prod/web`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; what can only be the name of a service is one."""
        is_service = bool(args) and "/" in args[0] and not args[0].startswith("-")
        try:
            return super().resolve_command(ctx, ["service", *args] if is_service else args)
        except click.UsageError as unknown:
            if not args or args[0].startswith("-"):
                raise
            told = f"{unknown.message} If it is a service: approve service {args[0]}"
            raise click.UsageError(told, ctx) from None


command: Final = Approve(
    "approve",
    verbs=VERBS,
    package=__name__,
    help="Say yes to what is held until a person does.",
    epilog="approve prod/web is short for: approve service prod/web.",
)
