"""The options that several verbs share; each can be given by an ECS_LOGGING_* variable as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import click

from controller.cli.reporting import Output, Reporting
from controller.core.policy.severity import Severity
from controller.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")
Option = Callable[[Callable[..., R]], Callable[..., R]]

PREFIX: Final = "ECS_LOGGING_"


def option(*names: str, **attributes: Any) -> Option[Any]:  # noqa: ANN401  # as click has it
    """Return an option whose variable is made from its name: `--fail-on`, ECS_LOGGING_FAIL_ON."""
    variable = PREFIX + names[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **attributes)


class Names(click.ParamType):
    """A name; a variable holds several, with commas or spaces between them."""

    name = "name"

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        return [name for name in re.split(r"[,\s]+", rv) if name]


POLICY: Final = option(
    "--policy",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="File or directory of policies; may be given several times.",
)
OUTPUT: Final = option(
    "--output",
    type=click.Choice([*Output], case_sensitive=False),
    default=Output.TABLE,
    show_default=True,
    help="How the result is written.",
)
FAIL_ON: Final = option(
    "--fail-on",
    type=click.Choice([*Severity], case_sensitive=False),
    help="Exit with 3 if there is a violation of at least this severity.",
)
ENFORCE: Final = option(
    "--enforce", is_flag=True, help="Let this process write; policy and rule must enforce, too."
)


def fleet(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options that say which fleet is meant, as its argument `settings`."""

    @POLICY
    @option("--region", multiple=True, type=Names(), help="Region; default: the environment's.")
    @option("--cluster", multiple=True, type=Names(), help="Cluster to look at; default: all.")
    @option(
        "--instance",
        default=Settings.__dataclass_fields__["instance"].default,
        show_default=True,
        help="The name under which this controller tags what it makes.",
    )
    @option(
        "--workers",
        type=click.IntRange(1, 64),
        default=Settings.__dataclass_fields__["workers"].default,
        show_default=True,
        help="Targets looked at at the same time.",
    )
    @wraps(command)
    def gathered(
        *,
        policy: tuple[Path, ...],
        region: tuple[str, ...],
        cluster: tuple[str, ...],
        instance: str,
        workers: int,
        **others: Any,  # noqa: ANN401  # the options of the verb itself
    ) -> R:
        settings = Settings(
            policies=policy,
            regions=tuple(dict.fromkeys(region)),
            clusters=tuple(dict.fromkeys(cluster)),
            instance=instance,
            workers=workers,
        )
        return command(settings=settings, **others)

    return gathered


def report(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options that say how to report, as its argument `reporting`."""

    @OUTPUT
    @FAIL_ON
    @option("--all", "every", is_flag=True, help="List what is as it should be, too.")
    @wraps(command)
    def gathered(
        *,
        output: str,
        fail_on: str | None,
        every: bool,
        **others: Any,  # noqa: ANN401  # the options of the verb itself
    ) -> R:
        threshold = None if fail_on is None else Severity(fail_on)
        return command(reporting=Reporting(Output(output), threshold, every=every), **others)

    return gathered


class Span(click.ParamType):
    """A span of time: `30s`, `5m`, `1h`."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        parts = re.fullmatch(r"([1-9][0-9]{0,5})([smh])", str(value))
        if parts is None:
            self.fail(f"{value!r} is no span of time: write 30s, 5m or 1h", param, ctx)
        units = {"s": "seconds", "m": "minutes", "h": "hours"}
        return timedelta(**{units[parts[2]]: int(parts[1])})
