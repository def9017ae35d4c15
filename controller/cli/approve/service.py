"""`approve service`: a person's word that a service may be tried again."""

from __future__ import annotations

import click

from controller.cli.saying import SERVICE, Speech, spoken
from controller.core.state.words import approve_service


@click.command("service")
@SERVICE
@spoken(lets_go_on=True)
@click.pass_context
def command(context: click.Context, *, service: str, speech: Speech) -> None:
    """Forgive what SERVICE, such as prod/web, was held for until now.

    That is a correction that failed on it (HeldAfterFailure), or that others took back
    (ConflictingManager, ReleaseReported). It is tried again, through every gate. What happens later
    is not forgiven: say it again. It is written as the tag ecs-logging/approve on the service, and
    not heeded where the policy says ownerTags: Ignore. A tag by which the cluster remembers the
    conflict is taken away. `ecs-logging approve prod/web` is short for it.
    """
    speech.on_service(context, approve_service, service)
