"""Variables: values that a policy looks up in tables of its own, for its templates to name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from controller.core.policy.naming import placeholder_faults
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.template import VAR, names_in
from controller.core.policy.written import Written, refusal

MOST: Final = 50
"""So many variables a policy may have: more than a person keeps apart."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")


def _template(written: str) -> str:
    if faults := placeholder_faults(written):
        raise refusal(*faults)
    return written


def _value(written: object) -> object:
    if isinstance(written, bool) or not isinstance(written, str | int):
        message = "a text or a whole number is wanted here"
        raise refusal(Fault(Reason.INVALID_VALUE, message))
    if isinstance(written, str) and re.search(r"[{}]", written):
        message = f"`{written}` would be taken as it is: the value of a variable is no template"
        hint = "put what varies into `from`, or into the template that names the variable"
        raise refusal(Fault(Reason.INVALID_VALUE, message, hint))
    return written


VariableValue = Annotated[
    str | int,
    BeforeValidator(_value),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": "^[^{}]*$"}, {"type": "integer"}]}),
]
"""What a variable may stand for: a text, or a whole number."""


class Variable(Written):
    """A lookup table: which value stands for what a template gives."""

    source: Annotated[str, AfterValidator(_template), Field(min_length=1, alias="from")]
    """Template of what is looked up, such as "{tag:env}". Required. It may name other variables,
    but none that leads back to this one."""

    map: Annotated[Mapping[str, VariableValue], Field(min_length=1)]
    """The value for each text that `from` may give, upper and lower case told apart. Required."""

    default: VariableValue | None = None
    """The value where `map` has no entry, or the service has no such tag. Without it, whatever
    needs the variable is a finding then, and is not written."""

    @property
    def values(self) -> Iterator[tuple[tuple[str, ...], str | int]]:
        """Every value that the variable may have, each with the path to it from here."""
        for key, value in self.map.items():
            yield ("map", key), value
        if self.default is not None:
            yield ("default",), self.default


def variable_faults(variables: Mapping[str, Variable]) -> Iterator[Fault]:
    """Yield what is wrong with the variables of a policy together, each at its place."""
    if len(variables) > MOST:
        yield Fault(Reason.TOO_LARGE, f"a policy may have at most {MOST} variables")
        return
    for name, one in variables.items():
        if not _NAME.fullmatch(name):
            message = f"`{name}` cannot be the name of a variable"
            hint = "use letters, digits, `-` and `_`, at most 63, and begin with a letter"
            yield Fault(Reason.INVALID_VALUE, message, hint, at=(name,))
        yield from undefined_faults(one.source, variables, at=(name, "from"))
        if circle := _circle(name, variables):
            message = f"the variable leads back to itself: {' → '.join(circle)}"
            yield Fault(Reason.INVALID_VALUE, message, at=(name, "from"))


def undefined_faults(
    template: str, variables: Mapping[str, Variable], *, at: tuple[str | int, ...] = ()
) -> Iterator[Fault]:
    """Yield a fault for each variable that a template names and the policy does not have."""
    for name in _variables_in(template):
        if name not in variables:
            meant = nearest(name, variables)
            hint = f"did you mean {{{VAR}{meant}}}?" if meant else "add it to `variables`"
            message = f"the policy has no variable `{name}`"
            yield Fault(Reason.UNKNOWN_VARIABLE, message, hint, at)


def roots(name: str, variables: Mapping[str, Variable]) -> frozenset[str]:
    """Return the names on which *name* depends, variables followed to their ends."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            stated = variables.get(one.removeprefix(VAR)) if one.startswith(VAR) else None
            ahead.extend(names_in(stated.source) if stated else ())
    return frozenset(one for one in found if not one.startswith(VAR))


def _circle(name: str, variables: Mapping[str, Variable]) -> tuple[str, ...]:
    """Return the way from a variable back to itself, or nothing where there is none."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        one = variables.get(way[-1])
        for following in _variables_in(one.source) if one else ():
            if following == name:
                return (*way, name)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


def _variables_in(template: str) -> Iterator[str]:
    return (name.removeprefix(VAR) for name in names_in(template) if name.startswith(VAR))
