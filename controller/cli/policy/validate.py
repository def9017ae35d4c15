"""`policy validate`: whether policies are valid, and every problem at its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from controller.app.policies import load
from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.reporting import Output, Reporting
from controller.core.policy.parse import Parsed
from controller.report import json, validated
from controller.report.markdown import validated as markdown
from controller.report.sarif import policies
from controller.report.sarif.log import Run


@click.command("validate")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@options.output(Output.SARIF, Output.MARKDOWN)
@click.pass_context
def command(context: click.Context, *, paths: tuple[Path, ...], output: str) -> None:
    """Tell whether policies are valid, and every problem at its place.

    PATH is a file or a directory of policies. All are judged together, as they would govern
    together: names and priorities must differ. Exit code 2 tells that they are not valid.
    """
    parsed, now = load(paths), datetime.now(UTC)
    code = ExitCode.USAGE if parsed.policies is None else ExitCode.CLEAN
    Reporting(Output(output)).say(
        lambda page: validated.render(parsed, page, now),
        lambda: validated.structure(parsed, now),
        sarif=lambda: _sarif(parsed, code, now),
        markdown=lambda: markdown.render(parsed, now),
    )
    context.exit(code)


def _sarif(parsed: Parsed, code: ExitCode, now: datetime) -> str:
    run = Run("policy-validate", now, code)
    return json.render(policies.structure(parsed.problems, run, Path.cwd()))
