"""Templates: names with `{variables}` in them, rendered when a service is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLES = ("account", "region", "partition", "cluster", "service", "family", "container")
"""What a template may name; `{{` and `}}` stand for the braces themselves."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Missing:
    """The variables that a template names and nobody knows, in their order there."""

    names: tuple[str, ...]


def variables(template: str) -> tuple[str, ...]:
    """Return the variables that a template names, each once, in their order."""
    named = (token[1] for token in _TOKEN.finditer(template) if token[1] is not None)
    return tuple(dict.fromkeys(named))


def literals(template: str) -> tuple[str, ...]:
    """Return the parts of a template around its variables, which stand in every name it gives.

    The first begins the name, empty when a variable does. A brace that neither is doubled nor
    encloses a variable is left in its part.
    """
    parts, end = [""], 0
    for token in _TOKEN.finditer(template):
        parts[-1] += template[end : token.start()]
        end = token.end()
        if token[1] is None:
            parts[-1] += token[0][0]
        else:
            parts.append("")
    parts[-1] += template[end:]
    return tuple(parts)


def unbalanced(template: str) -> bool:
    """Say whether a brace is neither doubled nor part of a pair."""
    return bool(re.search(r"[{}]", _TOKEN.sub("", template)))


def render(template: str, values: Mapping[str, str | None]) -> str | Missing:
    """Return the name that a template gives, or the variables that are missing for it.

    A value of None is one that is not known, exactly as if it was not there.
    """
    missing = tuple(name for name in variables(template) if values.get(name) is None)
    if missing:
        return Missing(missing)
    return _TOKEN.sub(
        lambda token: token[0][0] if token[1] is None else str(values[token[1]]), template
    )
