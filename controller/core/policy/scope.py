"""Scope: what the names in templates stand for, for one service or one container of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from controller.core.policy.template import (
    TAG,
    VAR,
    NotKnown,
    NoValue,
    Placeholder,
    Value,
    parts,
    render,
)
from controller.core.policy.variables import Variable, roots

_SHOWN = 40

_LookedUp: TypeAlias = dict[str, int | Value]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names, tags and variables that templates may use.

    A name that is None, or not there, is not known, as for a file that is checked without its
    context; one that is empty stands for nothing, and so does a tag that the service has without
    a value. `tags` None: nobody knows the tags of the service. No variable leads back to itself:
    a policy in which one does is refused.
    """

    names: Mapping[str, str | None]
    tags: Mapping[str, str] | None
    variables: Mapping[str, Variable]

    def render(self, template: str) -> Value:
        """Return the name that a template gives here, or why it gives none."""
        return self._render(template, {})

    def variable(self, name: str) -> int | Value:
        """Return the value of a variable of the policy, a number where the policy has a number."""
        return self._variable(name, {})

    def gives_otherwise(self, template: str, name: str) -> bool:
        """Tell whether a template would give *name* if only tags of the service were others.

        Whatever depends on a tag may then be any text; all else is as it is here.
        """
        literals, placeholders = parts(template)
        varying = [self._depends_on_a_tag(one.name) for one in placeholders]
        pattern = _only(literals[0])
        for placeholder, varies, literal in zip(placeholders, varying, literals[1:], strict=True):
            value = self.render(str(placeholder))
            if not varies and not isinstance(value, str):
                return False
            pattern += (_any(placeholder) if varies else _only(str(value))) + _only(literal)
        return any(varying) and fnmatchcase(name, pattern)

    def _render(self, template: str, looked_up: _LookedUp) -> Value:
        return render(template, lambda name: self._value_of(name, looked_up))

    def _value_of(self, name: str, looked_up: _LookedUp) -> Value:
        if name.startswith(VAR):
            value = self._variable(name.removeprefix(VAR), looked_up)
            return str(value) if isinstance(value, int) else value
        if name.startswith(TAG):
            return self._tag(name.removeprefix(TAG))
        known = self.names.get(name)
        if known is None:
            return NotKnown((name,))
        return known or NoValue(f"there is no {name}")

    def _tag(self, key: str) -> Value:
        if self.tags is None:
            return NotKnown((TAG + key,))
        return self.tags.get(key) or NoValue(f"the service has no tag {key}")

    def _variable(self, name: str, looked_up: _LookedUp) -> int | Value:
        # Each is looked up once: variables that name variables would else take for ever.
        if name not in looked_up:
            looked_up[name] = self._looked_up(name, looked_up)
        return looked_up[name]

    def _looked_up(self, name: str, looked_up: _LookedUp) -> int | Value:
        stated = self.variables.get(name)
        if stated is None:
            return NoValue(f"the policy has no variable {name}")
        key = self._render(stated.source, looked_up)
        if isinstance(key, NotKnown):
            return key
        if isinstance(key, str) and key in stated.map:
            return stated.map[key]
        if stated.default is not None:
            return stated.default
        if isinstance(key, NoValue):
            return NoValue(f"{key.because}, and the variable {name} no default")
        return NoValue(f"the variable {name} has no entry for {_short(key)!r}, and no default")

    def _depends_on_a_tag(self, name: str) -> bool:
        return any(one.startswith(TAG) for one in roots(name, self.variables))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _any(placeholder: Placeholder) -> str:
    """Return the pattern of all that may stand for what depends on a tag."""
    is_never_empty = placeholder.name.startswith(TAG) and placeholder.default != ""
    return "?*" if is_never_empty else "*"


def _only(text: str) -> str:
    """Return the pattern that this text fits, and no other."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in text)
