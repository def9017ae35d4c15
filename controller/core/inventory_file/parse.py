"""The text of an inventory file to the inventory, or to everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NoReturn

from controller.core.inventory_file.model import (
    API_VERSION,
    KIND,
    Answer,
    Failure,
    InventoryFile,
    Key,
    Known,
)
from controller.core.inventory_file.questions import QUESTIONS
from controller.core.inventory_file.values import At, Values
from controller.core.policy.located import problems
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.yaml.json import read
from controller.core.policy.yaml.node import Defect, Mark, follow
from controller.core.service.revision import Identity, Revision

LARGEST: Final = 512 * 1024 * 1024  # some ten kilobytes for each of many thousand services
_MOST_TOLD: Final = 20
_AGAIN: Final = "take a new one: ecs-logging inventory save FILE"
_TABLES: Final = ("revisions", "answers")
_TYPES: Final = {one.name: one.type for one in QUESTIONS}


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in the file beside its tables."""

    api_version: str
    kind: str
    taken_at: datetime
    instance: str
    principals: tuple[str, ...]
    regions: tuple[str, ...]
    clusters: tuple[str, ...]


def parse(source: Source) -> InventoryFile | tuple[Problem, ...]:
    """Return the inventory that a text holds, or the problems of the text; it raises nothing.

    The text is read fast, without places; only where something is wrong is it read once more, for
    the places. Of very many problems the first ones are returned.
    """
    values = Values()
    try:
        inventory = _inventory(_quickly(source.text), values)
    except (ValueError, RecursionError):
        inventory = None
    if inventory is None or values.faults:
        return _with_places(source, values.faults[:_MOST_TOLD])
    return inventory


def _quickly(text: str) -> object:
    if len(text) > LARGEST:
        msg = "too large"
        raise ValueError(msg)
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_json)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a key is given twice"
        raise ValueError(msg)
    return found


def _no_json(constant: str) -> NoReturn:
    msg = f"{constant} is no JSON"
    raise ValueError(msg)


def _with_places(source: Source, faults: Sequence[Fault]) -> tuple[Problem, ...]:
    """Return what is wrong with a text: with its JSON, or else the *faults* of what it says."""
    reading = read(source.text, largest=LARGEST)
    if reading.defects:
        return problems(source, reading.defects[:_MOST_TOLD])
    (document,) = reading.documents
    if not faults:
        fault = Fault(Reason.INVALID_VALUE, "this cannot be read as an inventory", _AGAIN)
        return problems(source, [Defect(Mark(1, 1), fault)])
    return problems(source, [Defect(follow(document, one.at).mark, one) for one in faults])


def _inventory(written: object, values: Values) -> InventoryFile | None:
    if (foreign := _foreign(written)) is not None or not isinstance(written, dict):
        values.faults += [] if foreign is None else [foreign]
        return None
    rest = {key: one for key, one in written.items() if key not in _TABLES}
    head = values.members(_Head, rest, ())
    values.lacks(written, _TABLES, ())
    values.revisions = _revisions(written.get("revisions"), values)
    answers = dict(_answers(written.get("answers"), values))
    if head is None:
        return None
    return InventoryFile(
        taken_at=head.taken_at,
        identity=Identity(head.instance, frozenset(head.principals)),
        regions=head.regions,
        clusters=head.clusters,
        answers=answers,
    )


def _foreign(written: object) -> Fault | None:
    """Return what tells that a file is something else than an inventory of this version."""
    if not isinstance(written, dict) or written.get("kind") != KIND:
        return Fault(Reason.INVALID_VALUE, "this is no inventory", _AGAIN, ("kind",))
    if written.get("apiVersion") != API_VERSION:
        told = f"this version of ecs-logging reads apiVersion {API_VERSION}"
        return Fault(Reason.INVALID_VALUE, told, _AGAIN, ("apiVersion",))
    return None


def _revisions(written: object, values: Values) -> dict[str, Revision]:
    at: At = ("revisions",)
    read = {
        arn: values.members(Revision, one, (*at, arn))
        for arn, one in _object(written, at, values).items()
    }
    return {arn: one for arn, one in read.items() if one is not None}


def _answers(written: object, values: Values) -> Iterator[tuple[Key, Answer]]:
    at: At = ("answers",)
    for region, asked in _object(written, at, values).items():
        for name, answers in _object(asked, (*at, region), values).items():
            here = (*at, region, name)
            if name not in _TYPES:
                values.wrong(f"nobody asks `{name}`", here, reason=Reason.UNKNOWN_KEY)
                continue
            for of, one in _object(answers, here, values).items():
                if (answer := _answer(name, one, (*here, of), values)) is not None:
                    yield Key(region, name, of), answer


def _answer(name: str, written: object, at: At, values: Values) -> Answer | None:
    told = [*_object(written, at, values).items()]
    match told:
        case [("answer", answer)]:
            return Known(values.read(_TYPES[name], answer, (*at, "answer")))
        case [("failure", failure)]:
            failed: Failure | None = values.members(Failure, failure, (*at, "failure"))
            return failed
        case _:
            values.wrong("an `answer` or a `failure` is wanted here", at)
            return None


def _object(written: object, at: At, values: Values) -> dict[str, object]:
    if isinstance(written, dict):
        return written
    if written is not None:
        values.wrong("an object is wanted here", at)
    return {}
