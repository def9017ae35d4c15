"""Reasons for which tasks stop, without what they may quote of what the tasks were given."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 1024  # [MODEL Container.reason]

_ADDRESS: Final = re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s,;'\"]+", re.IGNORECASE)
_SECRET: Final = re.compile(
    r"([\w.-]*(?:token|api[-_]?key|secret|passw(?:or)?d|credential)[\w.-]*)(\s*[=:]\s*|\s+)\S+",
    re.IGNORECASE,
)
_OPAQUE: Final = re.compile(r"[A-Za-z0-9+/_=-]{20,}")


def redacted(reason: str) -> str:
    """Return the reason on one line, with `…` for addresses, secrets and long opaque values.

    A driver that could not start may quote its options, and among them a token or an address with a
    password in it. Names of log groups stay: they tell what to do.
    """
    plain = " ".join(reason.split())
    plain = _ADDRESS.sub(r"\1…", plain)
    plain = _SECRET.sub(r"\1\2…", plain)
    return _OPAQUE.sub(_masked, plain)[:LONGEST]


def _masked(found: re.Match[str]) -> str:
    """Return a long run as it is where it is words or a path; a mask where it may be a value."""
    run = found.group()
    is_name = run.startswith("/") or not any(one.isdigit() for one in run)
    return run if is_name else "…"
