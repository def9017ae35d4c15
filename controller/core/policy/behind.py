"""What pydantic does not get to: faults of a whole mapping, behind faults of what is in it.

It judges a mapping as a whole only once all in it is right. So that every fault is told at once,
what is wrong is left out, and the rest is judged again. Where a key that must be there is wrong,
what is behind it is told once that is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import Written

Path = tuple[str | int, ...]

_ROUNDS = 8  # each finds what the one before hid; a document that hides more is told of the rest


def all_details(error: ValidationError, model: type[Written], data: object) -> list[ErrorDetails]:
    """Return what *error* says of *data*, a document of kind *model*, and what it hides."""
    details = error.errors(include_url=False)
    found, left_out = [*details], set[Path]()
    for _ in range(_ROUNDS):
        wrong = {path for one in details for path in _wrong(one, data)} - left_out
        if not wrong:
            break
        left_out |= wrong
        data = _without(data, wrong, ())
        try:
            model.model_validate(data, by_alias=True, by_name=False)
            break
        except ValidationError as again:
            details = again.errors(include_url=False)
        found += [fresh for one in details if (fresh := _fresh(one, left_out)) is not None]
    return found


def _wrong(detail: ErrorDetails, data: object) -> Iterator[Path]:
    """Yield the keys whose values are wrong; the whole document, or its spec, is none of them."""
    faults: tuple[Fault, ...] = detail.get("ctx", {}).get("faults", (Fault(Reason.SYNTAX, ""),))
    for fault in faults:
        path: Path = (*detail["loc"], *fault.at)
        here: object = data
        key: Path = ()
        for depth, step in enumerate(path, start=1):
            if isinstance(here, dict) and step in here:
                here, key = here[step], path[:depth]
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                break
        if len(key) > 1:
            yield key


def _without(value: object, left_out: set[Path], here: Path) -> object:
    match value:
        case dict():
            return {
                key: _without(one, left_out, (*here, key))
                for key, one in value.items()
                if (*here, key) not in left_out
            }
        case list():
            return [_without(one, left_out, (*here, at)) for at, one in enumerate(value)]
        case _:
            return value


def _fresh(detail: ErrorDetails, left_out: set[Path]) -> ErrorDetails | None:
    """Return a detail without what only follows from what was left out; None if nothing stays."""
    if detail["type"] != "refused":
        return None
    faults = tuple(
        fault
        for fault in detail["ctx"]["faults"]
        if not any(_follows(fault, (*detail["loc"], *fault.at), one) for one in left_out)
    )
    return {**detail, "ctx": {**detail["ctx"], "faults": faults}} if faults else None


def _follows(fault: Fault, path: Path, gone: Path) -> bool:
    if fault.reason is Reason.UNKNOWN_VARIABLE and gone[:2] == ("spec", "variables"):
        return True
    shared = min(len(path), len(gone))
    return path[:shared] == gone[:shared]
