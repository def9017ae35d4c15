"""`approve wave`: a person lets a wave of a policy begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from controller.cli import options
from controller.cli.approve.digest import short
from controller.cli.policies import policies_of
from controller.cli.saying import CLUSTER, Speech, spoken
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.suggest import nearest
from controller.core.policy.wave import REST
from controller.core.state.said import Said
from controller.core.state.word import Word
from controller.core.state.words import approve_wave
from controller.errors import UsageError


@click.command("wave")
@click.argument("wave", metavar="POLICY/WAVE")
@click.argument("digest", required=False)
@options.option(
    "--policy",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File or directory of the policies that are meant; may be given several times.",
)
@CLUSTER
@spoken(lets_go_on=True)
@click.pass_context
def command(
    context: click.Context,
    *,
    wave: str,
    digest: str | None,
    policy: tuple[Path, ...],
    cluster: tuple[str, ...],
    speech: Speech,
) -> None:
    """Let a wave begin, and those before it, though they are not all done.

    POLICY/WAVE is what the reason WaitingForPromotion shows, and DIGEST the set of policies: the
    yes holds for that set alone. Without it, that is the set in force in each cluster, which is
    shown. It is written as a tag on each cluster in which the set is in force. With --policy the
    wave must be one of those policies, and their digest is taken; without, its name is not checked.

    \b
    ecs-logging approve wave production/second
    ecs-logging approve wave production/second 1a2b3c4d5e6f7a8b
    ecs-logging approve wave production/second --policy policies/
    """  # noqa: D301  # \b keeps click from wrapping the examples
    of, _, name = wave.partition("/")
    if not of or not name:
        raise click.UsageError(f"{wave!r} is no wave: write POLICY/WAVE, such as production/second")
    said = _digest(digest, policies_of(policy) if policy else None, of=of, name=name)

    def word(one: Said) -> Word:
        meant = approve_wave(of, name, said, named=bool(cluster))
        if policy:
            return meant
        return replace(meant, done=f"{meant.done} (a name not checked: no --policy)")

    speech.on_clusters(context, word, cluster)


def _digest(digest: str | None, policies: PolicySet | None, *, of: str, name: str) -> str | None:
    """Return the short digest that is meant, None for that in force.

    Raises UsageError where there is no such wave.
    """
    stated = None if digest is None else short(digest)
    if policies is None:
        return stated
    if stated not in {None, policies.short_digest}:
        raise UsageError(f"those policies have the digest {policies.short_digest}, not {stated}")
    waves = {
        one.name: [*(wave.name for wave in one.rollout.waves), REST] for one in policies.policies
    }
    _known(of, [*waves], "policy")
    _known(name, waves[of], f"wave of {of}")
    return policies.short_digest


def _known(name: str, names: Sequence[str], kind: str) -> None:
    if name not in names:
        near = nearest(name, names)
        hint = f"Did you mean {near}?" if near else f"There are: {', '.join(names)}."
        raise UsageError(f"there is no {kind} called {name}. {hint}")
