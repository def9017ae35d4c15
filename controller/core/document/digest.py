"""The identity of a document by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from controller.core.document.json import Json
from controller.core.document.unresolved import Unresolved, Withheld

MASK: Final = MappingProxyType({"withheld": True})
"""What stands for a withheld value where documents are saved, counted and digested."""


def digest(value: Json) -> str:
    """Return the SHA-256, in hexadecimal, of *value* with its object keys in order.

    Raises TypeError for a value that holds an `Unresolved`: what is not known has no identity. A
    `Withheld` value has that of any other.
    """
    masked = plain(value, masked=True)
    canonical = json.dumps(masked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # JSON may hold half of a surrogate pair, which strict UTF-8 would refuse.
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()


def plain(value: Json, *, masked: bool = False) -> object:
    """Return *value* as plain dicts and lists, ready to be serialised.

    Raises TypeError for a value that holds an `Unresolved`, save a `Withheld` one where *masked*
    puts `MASK` in its place.
    """
    if masked and isinstance(value, Withheld):
        return dict(MASK)
    if isinstance(value, Unresolved):
        msg = f"an unresolved value cannot be serialised: {value.because}"
        raise TypeError(msg)
    if isinstance(value, Mapping):
        return {key: plain(child, masked=masked) for key, child in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(child, masked=masked) for child in value]
    return value
