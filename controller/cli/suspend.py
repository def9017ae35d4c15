"""`suspend`: nothing new begins on a service until somebody resumes it."""

from __future__ import annotations

import click

from controller.cli.saying import SERVICE, Speech, spoken
from controller.core.state.words import suspend


@click.command("suspend")
@SERVICE
@spoken(lets_go_on=False)
@click.pass_context
def command(context: click.Context, *, service: str, speech: Speech) -> None:
    """Let nothing new begin on SERVICE, such as prod/web.

    It is judged and shown as before. A roll that has begun is seen through. It is written as the
    tag ecs-logging/suspended on the service; to Terraform and CloudFormation that is drift, unless
    they leave tags alone. `resume SERVICE` takes it away.
    """
    speech.on_service(context, suspend, service)
