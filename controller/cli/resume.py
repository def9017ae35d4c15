"""`resume`: what was paused or suspended goes on, and so does a line that stopped."""

from __future__ import annotations

import click

from controller.cli.saying import ALL, CLUSTER, Speech, is_typed, scope, spoken
from controller.core.state.words import acknowledge, resume, resume_service


@click.command("resume")
@click.argument("service", required=False)
@CLUSTER
@ALL
@click.option("--line", is_flag=True, help="Acknowledge the failures that stopped the line.")
@spoken(lets_go_on=True)
@click.pass_context
def command(
    context: click.Context,
    *,
    service: str | None,
    cluster: tuple[str, ...],
    every: bool,
    line: bool,
    speech: Speech,
) -> None:
    """Let go on what was paused or suspended, or a line that stopped.

    That is clusters, named or all of them; or a SERVICE.

    With --line, failures so far no longer stop the line (LineStopped): in the clusters named, or in
    all. Look into them first: the next ones may fail for the same reason. SERVICE is prod/web.

    \b
    ecs-logging resume --cluster prod
    ecs-logging resume --line
    ecs-logging resume prod/web
    """  # noqa: D301  # \b keeps click from wrapping the examples
    if service is not None:
        _alone(context, "cluster", "every", "line")
        speech.on_service(context, resume_service, service)
    elif line:
        is_said = every or bool(cluster)
        clusters = scope(context, clusters=cluster, every=every) if is_said else ()
        speech.on_clusters(context, acknowledge, clusters)
    else:
        speech.on_clusters(context, resume, scope(context, clusters=cluster, every=every))


def _alone(context: click.Context, *others: str) -> None:
    """Raise click.UsageError where a service is named together with clusters or the line."""
    if any(is_typed(context, one) for one in others):
        raise click.UsageError("Name a SERVICE, or clusters, not both. --line is about clusters.")
