"""The program as a whole: its version, and what becomes of an error that nobody handled."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from controller import __version__
from controller.cli.exit_code import ExitCode
from controller.cli.verbs import Verb, Verbs
from controller.errors import AwsError, UsageError

INTERRUPTED: Final = 130  # 128 and SIGINT, as shells tell it


class Program(Verbs):
    """The outermost group: it turns errors into sentences and exit codes.

    No traceback reaches a person who did not ask for it by --debug.
    """

    def __init__(
        self,
        name: str,
        *,
        verbs: Sequence[Verb],
        package: str,
        help: str,  # noqa: A002  # click's own name for it
        epilog: str,
    ) -> None:
        super().__init__(
            name,
            verbs=verbs,
            package=package,
            help=help,
            epilog=epilog,
            params=[_version(), _debug()],
        )

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run the verb; end with 2 for what the person must mend, 1 for any other error."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own ways to end
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:  # noqa: BLE001  # the last place where a sentence can be said
            if ctx.params["debug"]:
                traceback.print_exception(error)
            ctx.exit(_told(error))


def _told(error: Exception) -> ExitCode:
    """Say what went wrong, and return the exit code that goes with it."""
    causes = [*_causes(error)]
    for cause in causes:
        if isinstance(cause, UsageError):
            click.echo(f"Error: {cause}", err=True)
            return ExitCode.USAGE
    for cause in causes:
        if isinstance(cause, AwsError):
            click.echo(f"Error: {cause}", err=True)
        else:
            click.echo(f"Error: {_place(cause)}. This is a fault of ecs-logging:", err=True)
            click.echo("run it again with --debug, and report what it shows.", err=True)
    return ExitCode.ERROR


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the errors of a group, which a task group makes of them."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    else:
        yield error


def _place(error: BaseException) -> str:
    """Return the type of an error and where it came from; its text might hold a secret."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"an unexpected {type(error).__name__}{where}"


def _version() -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  # click passes it so
        if wanted and not ctx.resilient_parsing:
            click.echo(f"ecs-logging {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the version and exit.",
    )


def _debug() -> click.Option:
    return click.Option(
        ["--debug"],
        is_flag=True,
        envvar="ECS_LOGGING_DEBUG",
        show_envvar=True,
        help="Show where an error came from.",
    )
