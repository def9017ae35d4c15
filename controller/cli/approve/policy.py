"""`approve policy`: a person's yes to a set of policies that would change much."""

from __future__ import annotations

import click

from controller.cli.approve.digest import short
from controller.cli.saying import CLUSTER, Speech, spoken
from controller.core.state.said import Said
from controller.core.state.word import Word
from controller.core.state.words import approve_policy


@click.command("policy")
@click.argument("digest")
@CLUSTER
@spoken(lets_go_on=True)
@click.pass_context
def command(
    context: click.Context, *, digest: str, cluster: tuple[str, ...], speech: Speech
) -> None:
    """Let the set of policies with this DIGEST come in force, whatever it changes.

    DIGEST is the one that the reason PolicyImpact shows, its 16 digits or all 64. The yes is
    written as a tag on each cluster that remembers another set. It needs no --enforce: it is your
    word, under your own permissions. The services are still rolled a few at a time.
    """
    said = short(digest)

    def word(one: Said) -> Word:
        return approve_policy(said)

    speech.on_clusters(context, word, cluster)
