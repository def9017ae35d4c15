"""`approve account`: revisions are registered again where ECS did not keep what it was sent."""

from __future__ import annotations

import click

from controller.cli.saying import Speech, spoken
from controller.core.state.said import Said
from controller.core.state.word import Word
from controller.core.state.words import approve_account


@click.command("account")
@spoken(lets_go_on=True)
@click.pass_context
def command(context: click.Context, *, speech: Speech) -> None:
    """Let revisions be registered again in this account and Region.

    Nothing is registered there while a cluster remembers, by the tag ecs-logging/unknown-member, a
    revision that came back from ECS other than it was sent (UnknownMember). Find out first what got
    lost: the next one may come back the same way. The tag is taken off every cluster that has it.
    """

    def word(one: Said) -> Word:
        return approve_account()

    speech.on_clusters(context, word, ())
