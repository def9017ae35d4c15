"""`policy schema`: the language of policies, for editors."""

from __future__ import annotations

import click

from controller.cli import options
from controller.core.policy.schema import schema_text
from controller.core.policy_test.model import PolicyTestDocument


@click.command("schema")
@options.option("--tests", is_flag=True, help="That of tests of policies, *.test.yaml, instead.")
def command(*, tests: bool) -> None:
    """Print the JSON Schema of policies, for editors."""
    click.echo(schema_text([PolicyTestDocument]) if tests else schema_text(), nl=False)
