"""Not yet: what belongs to the language, but which this version cannot honour.

To ignore such a key would do something else than the policy says, so it is a problem by that name.
A key leaves this table when its capability comes.
"""

from __future__ import annotations

REPLACES = {"firelens": ("awslogs",)}
"""Keys that are not needed beside one of a later version."""

KINDS = ("AccountLoggingPolicy", "ClusterLoggingPolicy")

_KEYS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("spec",): (
        "acceptLoss",
        "unknownPermissions",
    ),
    ("spec", "destinations"): ("firelens",),
    ("spec", "allow"): ("replaceKey", "resize", "scheduledTasks"),
}


def keys_not_yet(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that a later version will know in the mapping at a path."""
    return _KEYS.get(tuple(step for step in path if isinstance(step, str)), ())
