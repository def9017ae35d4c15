"""Plain JSON to the values of core, by their types: what `text.py` wrote, read back.

A value is read by the types of its members, so that whoever adds a member to a type has nothing
to add here. A member that has a default may be missing: an earlier version wrote the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from controller.core.document.digest import MASK
from controller.core.document.json import Json
from controller.core.document.unresolved import WITHHELD
from controller.core.inventory_file.text import member
from controller.core.policy.problem import Fault, Reason
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef, ref_of
from controller.core.service.revision import Revision

At: TypeAlias = tuple[str | int, ...]

_SCALARS: Final[Mapping[object, tuple[tuple[type, ...], str]]] = {
    str: ((str,), "a text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
}
_REFS: Final[tuple[object, ...]] = (ServiceRef, LogGroupRef, ClusterRef)


class _DocumentType:
    """Stands for the types `Document` and `Json`, which refer to themselves."""


@dataclass(slots=True)
class Values:
    """Reads values; `faults` are what was wrong, each with the way to it.

    `revisions` are those that other values name by their ARNs.
    """

    revisions: Mapping[str, Revision] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, kind: Any, written: object, at: At) -> Any:  # noqa: ANN401  # of the type *kind*
        """Return the value of the type *kind*; where it is none, note a fault and return None."""
        if kind in _SCALARS:
            return self._scalar(kind, written, at)
        if kind is _DocumentType:
            return unmasked(written)
        if kind is datetime:
            return self._moment(written, at)
        if kind is Revision:
            return self._revision(written, at)
        if kind in _REFS:
            return self._ref(kind, written, at)
        if is_dataclass(kind):
            return self.members(kind, written, at)
        return self._composed(kind, written, at)

    def members(self, kind: Any, written: object, at: At) -> Any:  # noqa: ANN401  # of type *kind*
        """Return the dataclass *kind* whose members stand in an object."""
        if not isinstance(written, dict):
            return self.wrong("an object is wanted here", at)
        before = len(self.faults)
        types = _types_of(kind)
        wanted = {member(one.name): one for one in fields(kind)}
        self.lacks(written, [key for key, one in wanted.items() if not _may_lack(one)], at)
        for key in written.keys() - wanted.keys():
            told = f"an inventory has no key `{key}` here"
            self.wrong(told, (*at, key), reason=Reason.UNKNOWN_KEY)
        given = {
            one.name: self.read(types[one.name], written[key], (*at, key))
            for key, one in wanted.items()
            if key in written
        }
        return kind(**given) if len(self.faults) == before else None

    def lacks(self, written: Mapping[str, object], wanted: Collection[str], at: At) -> None:
        """Note which keys an object must have, and lacks."""
        for key in wanted:
            if key not in written:
                self.wrong(f"the key `{key}` is missing", at, reason=Reason.MISSING_KEY)

    def wrong(self, message: str, at: At, *, reason: Reason = Reason.INVALID_VALUE) -> Any:  # noqa: ANN401  # stands for a value
        """Note a fault, and return None in place of the value."""
        self.faults.append(Fault(reason, message, at=at))

    def _scalar(self, kind: object, written: object, at: At) -> object:
        accepted, called = _SCALARS[kind]
        is_odd = isinstance(written, bool) and kind is not bool
        if isinstance(written, accepted) and not is_odd:
            return written
        return self.wrong(f"{called} is wanted here", at)

    def _moment(self, written: object, at: At) -> Any:  # noqa: ANN401  # see wrong()
        try:
            moment = datetime.fromisoformat(written) if isinstance(written, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            return self.wrong("this is no time with its offset", at)
        return moment

    def _revision(self, written: object, at: At) -> Revision | None:
        found = self.revisions.get(written) if isinstance(written, str) else None
        return found or self.wrong("no such revision is in the file", at)

    def _ref(self, kind: type, written: object, at: At) -> object:
        ref = ref_of(written) if isinstance(written, str) else None
        return ref if isinstance(ref, kind) else self.wrong("this is not the ARN of such a one", at)

    def _composed(self, kind: Any, written: object, at: At) -> Any:  # noqa: ANN401  # of type *kind*
        origin, parts = get_origin(kind), get_args(kind)
        if origin in {Union, UnionType}:
            if written is None and NoneType in parts:
                return None
            return self.read(_fitting(parts, written), written, at)
        if origin in {tuple, frozenset, Sequence}:
            if not isinstance(written, list):
                return self.wrong("a list is wanted here", at)
            read = (self.read(parts[0], one, (*at, n)) for n, one in enumerate(written))
            return tuple(read) if origin is not frozenset else _set_of(read)
        if origin is Mapping and parts[0] is str:
            if not isinstance(written, dict):
                return self.wrong("an object is wanted here", at)
            return {key: self.read(parts[1], one, (*at, key)) for key, one in written.items()}
        msg = f"nobody has said how {kind} is read"
        raise TypeError(msg)


def unmasked(written: Any) -> Json:  # noqa: ANN401  # any JSON
    """Return a document as it was saved, with `WITHHELD` where its mask stands."""
    if isinstance(written, dict):
        if written == MASK:
            return WITHHELD
        return {key: unmasked(child) for key, child in written.items()}
    if isinstance(written, list):
        return [unmasked(child) for child in written]
    value: Json = written
    return value


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, localns={"Document": _DocumentType, "Json": _DocumentType})


def _fitting(kinds: Collection[Any], written: object) -> Any:  # noqa: ANN401  # one of the types
    """Return which of the types of a union is meant: the one whose members stand there."""
    others = [one for one in kinds if one is not NoneType]
    given = written.keys() if isinstance(written, dict) else set()
    named = {one: {member(part.name) for part in fields(one)} for one in others[:-1]}
    return next((one for one, keys in named.items() if given and given <= keys), others[-1])


def _may_lack(one: Any) -> bool:  # noqa: ANN401  # a field of any type
    return one.default is not MISSING or one.default_factory is not MISSING


def _set_of(values: Iterator[object]) -> frozenset[object]:
    return frozenset(one for one in values if one is not None)
