"""`policy reference`: every key of the language, for people."""

from __future__ import annotations

import click

from controller.core.policy.document import DOCUMENTS
from controller.core.policy.reference import reference
from controller.core.policy_test.model import KIND, PolicyTestDocument
from controller.report.markdown.reference import render


@click.command("reference")
def command() -> None:
    """Print every key of policies and their tests, as Markdown.

    It is the page docs/policy.md of this version.
    """
    click.echo(render(reference({**DOCUMENTS, KIND: PolicyTestDocument})), nl=False)
