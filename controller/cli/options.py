"""The options that several verbs share; each can be given by an ECS_LOGGING_* variable as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import click

from controller.cli.principals import principals
from controller.cli.reporting import EVERYWHERE, Output, Reporting
from controller.core.policy.day import day
from controller.core.policy.severity import Severity
from controller.core.state.kill_switch import Place, place_of
from controller.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")
Option = Callable[[Callable[..., R]], Callable[..., R]]

PREFIX: Final = "ECS_LOGGING_"


def option(*names: str, **attributes: Any) -> Option[Any]:  # as click has it
    """Return an option whose variable is made from its name: `--fail-on`, ECS_LOGGING_FAIL_ON."""
    variable = PREFIX + names[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **attributes)


def names(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Return each name once; one text may hold several with commas between them."""
    return tuple(dict.fromkeys(name for text in given for name in re.findall(r"[^,\s]+", text)))


POLICY: Final = option(
    "--policy",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="File or directory of policies; may be given several times.",
)
OPTIONAL_POLICY: Final = option(
    "--policy",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Policies that govern the fleet; may be given several times.",
)


def output(*more: Output) -> Option[Any]:  # as click has it
    """Return the option that says how the result is written: as all verbs do, or as *more*."""
    return option(
        "--output",
        type=click.Choice([str(one) for one in (*EVERYWHERE, *more)], case_sensitive=False),
        default=str(Output.TABLE),
        show_default=True,
        help="How the result is written.",
    )


OUTPUT: Final = output()


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    """Return the day that was written, if one was."""
    found = None if given is None else day(given)
    if given is not None and found is None:
        raise click.BadParameter(f"{given!r} is no day of the calendar, such as 2027-03-31")
    return found


DATE: Final = option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=_day,
    help="The day, in UTC, on which it is judged: exceptions expire. Today, if not given.",
)
FAIL_ON: Final = option(
    "--fail-on",
    type=click.Choice([str(one) for one in Severity], case_sensitive=False),
    metavar=f"[{'|'.join(Severity)}]",
    help="Exit with 3 if there is a violation of at least this severity.",
)
REGION: Final = option(
    "--region", multiple=True, callback=names, help="Region; default: the environment's."
)
CLUSTER: Final = option(
    "--cluster", multiple=True, callback=names, help="Cluster to look at; default: all."
)
INVENTORY: Final = option(
    "--inventory",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Look at this saved inventory instead of AWS.",
)
ENFORCE: Final = option(
    "--enforce", is_flag=True, help="Let this process write; policy and rule must enforce, too."
)


ONLY: Final = option(
    "--only",
    multiple=True,
    callback=names,
    metavar="SERVICE",
    help="Just this service, and the log groups that are its own; may be given several times.",
)


def _place(context: click.Context, parameter: click.Parameter, written: str | None) -> Place | None:
    """Return the place that was written, if one was."""
    found = None if written is None else place_of(written)
    if written is not None and found is None:
        raise click.BadParameter(f"{written!r} is no place: write ssm:/name or s3://bucket/key")
    return found


KILL_SWITCH: Final = option(
    "--kill-switch",
    metavar="PLACE",
    callback=_place,
    help="Start no roll unless `off` is written there: ssm:/name or s3://bucket/key.",
)


def fleet(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options that say which fleet is meant, as its argument `settings`."""

    @POLICY
    @place
    @KILL_SWITCH
    @wraps(command)
    def gathered(*, settings: Settings, kill_switch: Place | None, **others: Any) -> R:
        return command(settings=replace(settings, kill_switch=kill_switch), **others)

    return gathered


def place(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options of `fleet`, save `--policy`, which may be given or not."""

    @REGION
    @CLUSTER
    @option(
        "--instance",
        default=_default("instance"),
        show_default=True,
        help="The name under which this controller tags what it makes.",
    )
    @option(
        "--former-principal",
        multiple=True,
        metavar="ARN",
        callback=principals,
        help="A role under which this controller ran before; may be given several times.",
    )
    @option(
        "--workers",
        type=click.IntRange(1, 64),
        default=_default("workers"),
        show_default=True,
        help="Targets looked at at the same time.",
    )
    @wraps(command)
    def gathered(
        *,
        policy: tuple[Path, ...] = (),
        region: tuple[str, ...],
        cluster: tuple[str, ...],
        instance: str,
        former_principal: tuple[str, ...],
        workers: int,
        **others: Any,  # the options of the verb itself
    ) -> R:
        settings = Settings(
            policies=policy,
            regions=region,
            clusters=cluster,
            instance=instance,
            former_principals=former_principal,
            workers=workers,
        )
        return command(settings=settings, **others)

    return gathered


def report_as(*more: Output) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return a decorator: it gives a command the options that say how to report.

    They come as its argument `reporting`; *more* are forms in which this command alone reports.
    """

    def with_options(command: Callable[..., R]) -> Callable[..., R]:
        @output(*more)
        @FAIL_ON
        @option("--all", "every", is_flag=True, help="List what is as it should be, too.")
        @wraps(command)
        def gathered(
            *,
            output: str,
            fail_on: str | None,
            every: bool,
            **others: Any,  # the options of the verb itself
        ) -> R:
            threshold = None if fail_on is None else Severity(fail_on)
            return command(reporting=Reporting(Output(output), threshold, every=every), **others)

        return gathered

    return with_options


def report(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options that say how to report, as its argument `reporting`."""
    return report_as()(command)


def process(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the options of a process that stays; they complete its `settings`."""

    @ENFORCE
    @option(
        "--resync",
        callback=_span,
        default="5m",
        show_default=True,
        metavar="SPAN",
        help="How soon a target is looked at again.",
    )
    @option(
        "--policy-poll",
        callback=_span,
        default="5s",
        show_default=True,
        metavar="SPAN",
        help="How soon the policies are read again.",
    )
    @option(
        "--probe-port",
        type=click.IntRange(0, 65535),
        default=_default("probe_port"),
        show_default=True,
        help="Port of /healthz and /readyz.",
    )
    @option("--probe-host", help="Address of the probes; default: all.")
    @wraps(command)
    def gathered(
        *,
        settings: Settings,
        enforce: bool,
        resync: timedelta,
        policy_poll: timedelta,
        probe_port: int,
        probe_host: str | None,
        **others: Any,  # the options of the verb itself
    ) -> R:
        stated = replace(
            settings,
            enforce=enforce,
            resync=resync,
            policy_poll=policy_poll,
            probe_port=probe_port,
            probe_host=probe_host,
        )
        return command(settings=stated, **others)

    return gathered


def _span(context: click.Context, parameter: click.Parameter, written: str) -> timedelta:
    parts = re.fullmatch(r"([1-9][0-9]{0,5})([smh])", written)
    if parts is None:
        raise click.BadParameter(f"{written!r} is no span of time: write 30s, 5m or 1h")
    units = {"s": "seconds", "m": "minutes", "h": "hours"}
    return timedelta(**{units[parts[2]]: int(parts[1])})


def _default(setting: str) -> object:
    return Settings.__dataclass_fields__[setting].default
