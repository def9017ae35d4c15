"""`policy test`: what policies make of services that a person describes, without AWS."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from controller.app.policy_tests import Ran, run_tests
from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.reporting import Output, Reporting
from controller.cli.whole_file import write_whole
from controller.core.policy.problem import Fault
from controller.core.policy_test.update import updated
from controller.errors import UsageError
from controller.iac.files import missing
from controller.report import problems, tested
from controller.report.junit import suites
from controller.report.junit import tested as junit
from controller.report.markdown import tested as markdown
from controller.report.words import counted


@click.command("test")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@options.output(Output.JUNIT, Output.MARKDOWN)
@options.option(
    "--require-tests",
    is_flag=True,
    help="Fail where no case is governed by some policy, or exempt by some exception.",
)
@options.option(
    "--update",
    is_flag=True,
    help="Set what is expected to what came out, in the files, if all of them are valid.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    output: str,
    require_tests: bool,
    update: bool,
) -> None:
    """Test what policies make of services, without AWS.

    PATH is a file *.test.yaml, or a directory; its folders are gone through as well. A test states
    a task definition, what is known of its service, a date, and what is expected: see
    docs/policy.md. Exit code 1 tells that a case failed, 2 that a file is not valid.
    """
    if absent := missing(paths):
        raise UsageError(f"there is no such file: {', '.join(map(str, absent))}")
    ran = run_tests(paths)
    if update and not ran.problems:
        _update(ran)
        ran = run_tests(paths)
    if not require_tests:
        ran = replace(ran, untested=[])
    if ran.problems:
        click.echo(problems.render(ran.problems), err=True, nl=False)
    Reporting(Output(output)).say(
        lambda page: tested.render(ran.tested, ran.untested, page),
        lambda: tested.structure(ran.tested, ran.untested),
        junit=lambda: suites.render(junit.suites(ran.tested, ran.untested)),
        markdown=lambda: markdown.render(ran.tested, ran.untested),
    )
    if ran.problems:
        context.exit(ExitCode.USAGE)
    failed = bool(ran.untested) or not all(one.passed for one in ran.tested)
    context.exit(ExitCode.ERROR if failed or not ran.tested else ExitCode.CLEAN)


def _update(ran: Ran) -> None:
    """Write what came out, file by file, each at once."""
    for file, failed in ran.failed.items():
        text = updated(file.read_text("utf-8"), failed, is_json=file.suffix == ".json")
        if isinstance(text, Fault):
            raise UsageError(f"{file}: {text.message}: {text.hint}")
        write_whole(file, text)
        click.echo(f"{file}: {counted(len(failed), 'case')} updated", err=True)
