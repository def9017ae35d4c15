"""Templates: names with `{variables}` in them, rendered when a service is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

VARIABLES = ("account", "region", "partition", "cluster", "service", "family", "container")
"""What a template may name; `{{` and `}}` stand for the braces themselves."""

TAG: Final = "tag:"
"""What a name begins with that stands for a tag of the service: `{tag:team}`."""

VAR: Final = "var:"
"""What a name begins with that stands for a variable of the policy: `{var:retention}`."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands between braces: a name, and what to take where it has no value.

    `{tag:team|shared}` has the default `shared`, `{tag:team}` has none.
    """

    name: str
    default: str | None = None

    def __str__(self) -> str:
        """The placeholder as a template writes it."""
        return f"{{{self.name}}}" if self.default is None else f"{{{self.name}|{self.default}}}"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nobody here knows what these names stand for, or whether they stand for anything."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoValue:
    """It is known that a name stands for nothing; `because` says why."""

    because: str


Value: TypeAlias = str | NotKnown | NoValue


def parts(template: str) -> tuple[tuple[str, ...], tuple[Placeholder, ...]]:
    """Return the literal parts of a template, and the placeholders that stand between them.

    The first literal begins the name, empty where a placeholder does; there is one more of them
    than of placeholders. A brace that neither is doubled nor encloses a name is left where it is.
    """
    literals, placeholders, end = [""], [], 0
    for token in _TOKEN.finditer(template):
        literals[-1] += template[end : token.start()]
        end = token.end()
        if token[1] is None:
            literals[-1] += token[0][0]
        else:
            name, bar, default = token[1].partition("|")
            placeholders.append(Placeholder(name, default if bar else None))
            literals.append("")
    literals[-1] += template[end:]
    return tuple(literals), tuple(placeholders)


def names_in(template: str) -> tuple[str, ...]:
    """Return the names that a template uses, each once, in their order."""
    _, placeholders = parts(template)
    return tuple(dict.fromkeys(one.name for one in placeholders))


def unbalanced(template: str) -> bool:
    """Say whether a brace is neither doubled nor part of a pair."""
    return bool(re.search(r"[{}]", _TOKEN.sub("", template)))


def render(template: str, value_of: Callable[[str], Value]) -> Value:
    """Return the name that a template gives, or why it gives none.

    *value_of* answers for each name. A default is taken only where it is known that there is no
    value: what is not known may be anything. What is missing for certain is told first.
    """
    literals, placeholders = parts(template)
    values = [_or_default(value_of(one.name), one.default) for one in placeholders]
    for value in values:
        if isinstance(value, NoValue):
            return value
    unknown = (name for one in values if isinstance(one, NotKnown) for name in one.names)
    if names := tuple(dict.fromkeys(unknown)):
        return NotKnown(names)
    given = (*(one for one in values if isinstance(one, str)), "")
    return "".join(literal + value for literal, value in zip(literals, given, strict=True))


def _or_default(value: Value, default: str | None) -> Value:
    return default if isinstance(value, NoValue) and default is not None else value
