"""Retention: how many days a log group keeps its events, as a number or by a variable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.template import VAR, parts
from controller.core.policy.variables import Variable, roots
from controller.core.policy.written import refusal

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365),
    *(400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""The only retentions that CloudWatch Logs takes, in days [fact 6.1]."""


def _retention(written: object) -> int | str:
    if isinstance(written, str) and "{" in written:
        if variable_of(written) is None:
            hint = 'write a number of days, or the variable alone: "{var:retention}"'
            message = f"`{written}` is neither days nor a variable of the policy"
            raise refusal(Fault(Reason.INVALID_VALUE, message, hint))
        return written
    if not isinstance(written, int) or isinstance(written, bool):
        raise PydanticKnownError("int_type")
    if fault := _fault_of(written):
        raise refusal(fault)
    return written


Retention = Annotated[
    int | str,
    PlainValidator(_retention),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "enum": [*RETENTION_DAYS]},
                {"type": "string", "pattern": r"^\{var:[^{}|]+\}$"},
            ]
        }
    ),
]
"""Days of retention, one of those allowed; or a template that is one variable of the policy."""


def variable_of(retention: int | str) -> str | None:
    """Return the variable by which a retention is stated, or None where it is a number."""
    if isinstance(retention, int):
        return None
    match parts(retention):
        case (("", ""), (placeholder,)) if placeholder.default is None:
            named = placeholder.name.startswith(VAR) and placeholder.name != VAR
            return placeholder.name.removeprefix(VAR) if named else None
        case _:
            return None


def retention_faults(
    retention: int | str | None, variables: Mapping[str, Variable]
) -> Iterator[Fault]:
    """Yield why a variable cannot state a retention, each at its place in the spec.

    Every value that it may have must be a retention, and no container may decide which. Of a
    variable that is not there, nothing is said here.
    """
    name = "" if retention is None else variable_of(retention) or ""
    if (variable := variables.get(name)) is None:
        return
    at = ("variables", name)
    if "container" in roots(VAR + name, variables):
        message = f"`{name}` is a retention and depends on the container, of which a group has many"
        yield Fault(Reason.INVALID_VALUE, message, "use what is the same for all", (*at, "from"))
    for path, value in variable.values:
        if fault := _fault_of(value):
            yield Fault(fault.reason, fault.message, fault.hint, (*at, *path))


def _fault_of(days: int | str) -> Fault | None:
    if isinstance(days, str):
        message = f"`{days}` is used as a retention, and is no number of days"
        return Fault(Reason.INVALID_VALUE, message, "write a whole number, without quotes")
    if days in RETENTION_DAYS:
        return None
    shorter = max((known for known in RETENTION_DAYS if known < days), default=None)
    longer = min((known for known in RETENTION_DAYS if known > days), default=None)
    near = " or ".join(str(known) for known in (shorter, longer) if known is not None)
    message = f"CloudWatch Logs keeps nothing for {days} days"
    return Fault(Reason.INVALID_VALUE, message, f"the nearest that it knows: {near}")
