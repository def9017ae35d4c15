"""`policy schema`: the language of policies, for editors."""

from __future__ import annotations

import click

from controller.core.policy.schema import schema_text


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of policies, for editors."""
    click.echo(schema_text(), nl=False)
