"""A structure as YAML, which reads the same under YAML 1.1 and 1.2."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z/](?:[A-Za-z0-9 _./()\[\]=-]*[A-Za-z0-9_./)\]])?")
_NOT_TEXT: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_NOT_PRINTED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def render(structure: Mapping[str, object]) -> str:
    """Return *structure* as YAML, ready to be printed.

    A text stands without quotes only where no reader of YAML could take it for anything else. No
    line is folded, so that texts can be searched for.
    """
    return "".join(f"{line}\n" for line in _lines(structure))


def _lines(value: object) -> Iterator[str]:
    match value:
        case Mapping() if value:
            for key, child in value.items():
                yield from _member(f"{_scalar(key)}:", child)
        case Sequence() if value and not isinstance(value, str):
            for child in value:
                first, *rest = _lines(child)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
        case _:
            yield _scalar(value)


def _member(key: str, child: object) -> Iterator[str]:
    if isinstance(child, Mapping | Sequence) and child and not isinstance(child, str):
        yield key
        yield from (f"  {line}" for line in _lines(child))
    else:
        yield f"{key} {_scalar(child)}"


def _scalar(value: object) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_PRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
