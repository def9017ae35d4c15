"""docs/unproven.md: every item, in its order, with what it means that nobody has proved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.live.by_hand import BY_HAND
from tests.live.item import Item
from tests.live.reading import READING
from tests.live.writing import WRITING

_HEAD = """\
# Unproven

**The controller has never been run against a real AWS account, and neither has this check.** \
Its tests run against a simulation, which imitates what AWS documents and its models say; it \
cannot show whether that is so. Below is what the code believes of AWS and no simulation can \
prove, what it does if it is otherwise, and the command that shows it. What \
[permissions](permissions.md#what-is-unverified) are asked for is unproven as well.

Where something is not known, the code waits, refuses, or says Unknown. It never writes because \
of it. Two items are different, and are worth proving first: `registered-by` and \
`left-out-members`.

## Prove it

```console
$ make live-check CLUSTER=scratch
```

It asks the account and the Region of the environment, and says of each item `PROVEN`, `REFUTED` \
or `NOT TRIED`. It needs a cluster that you have made for it, and makes none. It reads; before \
each write it asks, and without a terminal it writes nothing. What it makes bears the tag \
`ecs-logging-live-check`, starts no task, touches no service, and is taken away again. It is \
never part of `make test`, nor of CI. Services of the cluster are only looked at, so put one \
there for `rollout-state` and `history`: one that was deployed twice.

The items that only a person can try need a service of yours on which a roll may fail. Their \
commands are below; `$CLUSTER`, `$SERVICE` and the others are yours to fill in.

If something is refuted, please [say so](../CONTRIBUTING.md), with what it printed.
"""

_CHAPTERS: tuple[tuple[str, str, Sequence[Item]], ...] = (
    ("By reading", "`make live-check` proves these without any write.", READING),
    ("By harmless writes", "`make live-check` proves these, after a yes to each.", WRITING),
    ("By hand", "These take a service, and somebody who looks.", BY_HAND),
)


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *(line for one in _CHAPTERS for line in _chapter(*one))])


def _chapter(title: str, told: str, items: Sequence[Item]) -> Iterator[str]:
    yield f"## {title}\n\n{told}\n"
    for one in items:
        yield f"### `{one.id}`\n\n{one.believed}\n"
        yield f"- **If not:** {one.otherwise}"
        if one.writes is not None:
            yield f"- **It makes:** {one.writes}."
        yield f"- **See it:** `{one.command}`\n"
