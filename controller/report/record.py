"""A write as plain data: the one shape in which JSON and YAML show it."""

from __future__ import annotations

from controller.core.document.digest import plain
from controller.core.record import Record
from controller.report.named import named
from controller.report.structure import Structure


def structure(one: Record) -> Structure:
    """Return what is written of a write: new values only, as in a plan file."""
    return named(one.ref) | {
        "at": one.at.isoformat(),
        "move": one.move,
        "result": str(one.result),
        "code": one.code,
        "policy": one.policy,
        "rules": list(one.rules),
        "policyDigest": one.policy_digest,
        "patch": plain(one.patch),
        "from": one.came_from,
        "to": one.went_to,
    }
