"""`check`: task definitions in files, before they are deployed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeGuard

import click

from controller.cli import options
from controller.cli.context import CONTEXT
from controller.cli.exit_code import ExitCode
from controller.cli.policies import policies_of
from controller.cli.reporting import Output, Reporting
from controller.core.check import CheckContext, Checked, check
from controller.core.policy.day import begins
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Reason
from controller.core.policy.severity import Severity
from controller.core.service.rules import RULES
from controller.errors import UsageError
from controller.iac.files import files, missing, read
from controller.iac.taskdef import TaskDefinitionText, task_definitions
from controller.report import checked, json, problems
from controller.report.junit import checked as junit
from controller.report.junit import suites
from controller.report.markdown import checked as markdown
from controller.report.sarif import checked as sarif
from controller.report.sarif.log import Run


@dataclass(slots=True)
class _Found:
    """What the files held."""

    checked: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@click.command("check")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),  # read with the others, told with them
)
@options.POLICY
@CONTEXT
@options.output(Output.SARIF, Output.JUNIT, Output.MARKDOWN)
@options.FAIL_ON
@options.DATE
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    policy: tuple[Path, ...],
    deployed: CheckContext,
    output: str,
    fail_on: str | None,
    date: date | None,
) -> None:
    """Judge task definitions in files before they are deployed.

    PATH is a file (JSON, or YAML by its name), a directory of *.json, or - for standard input.
    Task definitions are understood as RegisterTaskDefinition takes them and as
    DescribeTaskDefinition shows them. What a policy needs to know and --context does not say is
    Undecided, never guessed.
    """
    policies = policies_of(policy)
    if absent := missing(paths):
        raise UsageError(f"there is no such file: {', '.join(map(str, absent))}")
    now = datetime.now(UTC)
    found = _look_into(paths, policies, deployed, now=now if date is None else begins(date))
    threshold = None if fail_on is None else Severity(fail_on)
    if found.problems:
        click.echo(problems.render(found.problems), err=True, nl=False)
    code = ExitCode.of(
        error=bool(found.problems),
        violations=threshold is not None and any(x.violates(threshold) for x in found.checked),
        incomplete=any(one.incomplete for one in found.checked),
    )
    Reporting(Output(output)).say(
        lambda page: checked.render(found.checked, page),
        lambda: checked.structure(
            found.checked,
            found.problems,
            observed_at=now,
            policy_digest=policies.digest,
            fail_on=threshold,
        ),
        sarif=lambda: _sarif(found, now, code),
        junit=lambda: suites.render(
            junit.suites(found.checked, found.problems, RULES, fail_on=threshold)
        ),
        markdown=lambda: markdown.render(
            found.checked, found.problems, policy_digest=policies.digest
        ),
    )
    context.exit(code)


def _sarif(found: _Found, now: datetime, code: ExitCode) -> str:
    root = Path.cwd()
    why = tuple(sarif.notifications(found.checked, found.problems, root))
    log = sarif.structure(found.checked, RULES, Run("check", now, code, why), root)
    return json.render(log)


def _look_into(
    paths: tuple[Path, ...], policies: PolicySet, deployed: CheckContext, *, now: datetime
) -> _Found:
    """Check all that *paths* hold: a file must be a task definition, a directory must have one."""
    found = _Found()
    for path in paths:
        before = len(found.checked) + len(found.problems)
        for file in _files(path, found):
            for one in _texts(file, found):
                found.checked.append(check(one.document, deployed, policies, one.span, now=now))
        if len(found.checked) + len(found.problems) == before:
            found.problems.append(_nothing_in(path))
    return found


def _files(path: Path, found: _Found) -> Iterator[Path]:
    try:
        yield from files(path)
    except OSError as error:
        message = f"cannot be listed: {error.strerror}"
        found.problems.append(Problem(str(path), 1, 1, Reason.SYNTAX, message, None, ""))


def _texts(file: Path, found: _Found) -> tuple[TaskDefinitionText, ...]:
    source = read(file)
    held = (source,) if isinstance(source, Problem) else task_definitions(source)
    if _are_read(held):
        return held
    found.problems.extend(one for one in held if isinstance(one, Problem))
    return ()


def _are_read(
    held: tuple[TaskDefinitionText, ...] | tuple[Problem, ...],
) -> TypeGuard[tuple[TaskDefinitionText, ...]]:
    return not any(isinstance(one, Problem) for one in held)


def _nothing_in(path: Path) -> Problem:
    message = "holds no task definition: an object with containerDefinitions"
    hint = "templates of CloudFormation and Terraform are not understood yet"
    return Problem(str(path), 1, 1, Reason.INVALID_VALUE, message, hint, "")
