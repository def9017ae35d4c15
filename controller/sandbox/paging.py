"""Lists in pages: AWS hands out at most so many, and an opaque token for the rest."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from controller.sandbox.call import Call
from controller.sandbox.wire import Json, invalid


def page(
    call: Call, items: Sequence[object], *, member: str, default: int = 100, maximum: int = 100
) -> Json:
    """The page that the call asks for, ``{member: items, nextToken?}`` [fact 5.5]."""
    size = call.get("maxResults") or call.get("limit") or default
    if not 1 <= size <= maximum:
        raise invalid(f"maxResults must be between 1 and {maximum}.")
    start = _offset(call.get("nextToken"))
    answer: Json = {member: list(items[start : start + size])}
    if start + size < len(items):
        answer["nextToken"] = base64.b64encode(f"page:{start + size}".encode()).decode()
    return answer


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    try:
        word, _, offset = base64.b64decode(token, validate=True).decode().partition(":")
        if word == "page":
            return int(offset)
    except (binascii.Error, ValueError):
        pass
    raise invalid("Invalid token.")
