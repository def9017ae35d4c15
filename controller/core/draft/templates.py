"""From a name back to the templates that give it: `/ecs/prod/web` is `/ecs/{cluster}/{service}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from controller.core.policy.naming import Naming, template_faults
from controller.core.policy.template import names_in, parts

PREFERRED: Final = ("service", "family", "cluster", "region", "account", "container")
"""The variables that are looked for; of two that stand for the same, the first is meant.

`partition` is none of them: the `aws` of `/aws/ecs/web` is a word.
"""

_MOST: Final = 256
"""Ways to read one name that are thought of. Names in which more are found repeat themselves."""

_EDGE: Final = re.compile(r"(?<![A-Za-z0-9])|(?![A-Za-z0-9])")


def templates(name: str, values: Mapping[str, str], naming: Naming) -> frozenset[str]:
    """Return the templates that give *name* where the variables have these *values*.

    The name itself, taken literally, is one of them. A value counts where it stands as a word, or
    as words, of the name. Of a name that no template may give, there is none.
    """
    if len(name) > naming.longest:
        return frozenset()
    edges = {found.start() for found in _EDGE.finditer(name)} | {0, len(name)}
    longest_first = sorted(
        (variable for variable in PREFERRED if values.get(variable)),
        key=lambda variable: (-len(values[variable]), PREFERRED.index(variable)),
    )
    known = {variable: values[variable] for variable in longest_first}
    found = islice(_ways(name, 0, known, edges), _MOST)
    return frozenset(one for one in found if not template_faults(one, naming))


def _ways(name: str, at: int, values: Mapping[str, str], edges: set[int]) -> Iterator[str]:
    """Yield the templates for what of *name* is left from *at*."""
    if at == len(name):
        yield ""
        return
    for variable, value in values.items():
        end = at + len(value)
        if at in edges and end in edges and name.startswith(value, at):
            yield from (f"{{{variable}}}{rest}" for rest in _ways(name, end, values, edges))
    after = min(edge for edge in edges if edge > at)
    literal = name[at:after].replace("{", "{{").replace("}", "}}")
    yield from (literal + rest for rest in _ways(name, after, values, edges))


def preference(template: str) -> tuple[object, ...]:
    """Return the order of templates that explain as much: the first is the one that is meant.

    It is the one that leaves the fewest characters to chance; but what is the name of a container
    is mostly a word.
    """
    names = names_in(template)
    literal = sum(map(len, parts(template)[0]))
    ranks = tuple(sorted(PREFERRED.index(one) for one in names))
    return ("container" in names, literal, -len(names), ranks, template)
