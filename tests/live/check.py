"""Asks an account what is believed of it, item by item, and takes away what it has made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace

from botocore.exceptions import BotoCoreError, ClientError

from tests.live.by_hand import BY_HAND
from tests.live.item import Answer, Item, Live, Verdict, not_tried
from tests.live.reading import READING
from tests.live.writing import WRITING

ITEMS: tuple[Item, ...] = (*READING, *WRITING, *BY_HAND)

Say = Callable[[str], object]
Ask = Callable[[str], bool]


def check(live: Live, say: Say, ask: Ask, items: Sequence[Item] = ITEMS) -> dict[str, Verdict]:
    """Try every item, and return what came of each.

    *say* is told a line at a time. *ask* is asked before anything is written, for each item.
    """
    verdicts: dict[str, Verdict] = {}
    for one in items:
        verdicts[one.id] = _tried(one, live, say, ask)
        _tell(one, verdicts[one.id], say)
    counts = [sum(verdict.answer is one for verdict in verdicts.values()) for one in Answer]
    told = ", ".join(f"{count} {answer}" for count, answer in zip(counts, Answer, strict=True))
    say(f"\n{told}.")
    return verdicts


def _tried(one: Item, live: Live, say: Say, ask: Ask) -> Verdict:
    if one.proof is None:
        return not_tried("by hand only")
    if one.writes is not None and not ask(f"{one.id}: make {one.writes}, and take it away again?"):
        return not_tried("nobody said yes to the write")
    with ExitStack() as undo:
        undo.callback(_takes_away, live, say)
        try:
            return one.proof(live)
        except (ClientError, BotoCoreError) as error:
            return not_tried(f"AWS refused: {error}")


def _takes_away(live: Live, say: Say) -> None:
    """Undo what an item has made, the last first; what AWS does not let us undo is told."""
    undo = live.undo.pop_all()
    try:
        undo.close()
    except (ClientError, BotoCoreError) as error:
        say(f"NOT TAKEN AWAY, see to it yourself: {live.name}: {error}")


def _tell(one: Item, verdict: Verdict, say: Say) -> None:
    say(f"{verdict.answer.upper():<10} {one.id}: {one.believed}")
    if verdict.told:
        say(f"           {verdict.told}")
    if verdict.answer is not Answer.PROVEN:
        say(f"           $ {one.command}")
    if verdict.answer is Answer.REFUTED:
        say(f"           meanwhile: {one.otherwise}")


def in_cluster(live: Live, cluster: str) -> Live | None:
    """Return the same for a cluster that is there and ACTIVE; None where there is none."""
    found = live.ecs.describe_clusters(clusters=[cluster])["clusters"]
    there = any(one["status"] == "ACTIVE" for one in found)
    return replace(live, cluster=cluster) if there else None
