"""`pause`: nothing new begins in clusters until somebody resumes them."""

from __future__ import annotations

import click

from controller.cli.saying import ALL, CLUSTER, Speech, scope, spoken
from controller.core.state.words import pause


@click.command("pause")
@CLUSTER
@ALL
@spoken(lets_go_on=False)
@click.pass_context
def command(
    context: click.Context, *, cluster: tuple[str, ...], every: bool, speech: Speech
) -> None:
    """Let nothing new begin in clusters.

    What has begun is seen through, and returned if it fails. It is written as a tag on each
    cluster, ecs-logging/paused, with the time and your name: every controller heeds it at its next
    look, after a restart, too. `resume` takes it away.

    \b
    ecs-logging pause --cluster prod
    ecs-logging pause --all --region eu-central-1 --yes
    """  # noqa: D301  # \b keeps click from wrapping the examples
    speech.on_clusters(context, pause, scope(context, clusters=cluster, every=every))
