"""The policies of a verb: all of them are valid, or nothing is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from controller.app.policies import load
from controller.cli.exit_code import ExitCode
from controller.core.policy.policy_set import PolicySet
from controller.report import problems


def policies_of(paths: Sequence[Path]) -> PolicySet:
    """Return the policies at *paths*; else tell every problem and end with exit code 2."""
    parsed = load(paths)
    if parsed.policies is None:
        click.echo(problems.render(parsed.problems), err=True, nl=False)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return parsed.policies
