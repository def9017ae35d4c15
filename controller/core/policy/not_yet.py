"""Not yet: what belongs to the language, but which this version cannot honour.

To ignore such a key would do something else than the policy says, so it is a problem by that name.
A key leaves this table when its capability comes.
"""

from __future__ import annotations

REPLACES = {"extends": ("match", "destinations"), "firelens": ("awslogs",)}
"""Keys that are not needed beside one of a later version."""

KINDS = ("AccountLoggingPolicy", "ClusterLoggingPolicy", "PolicyException", "PolicySet")

_SERVICES = (
    *("accounts", "deploymentControllers", "families", "launchTypes", "platforms", "regions"),
    *("schedulingStrategies", "tags"),
)
_CONTAINERS = ("essential",)
_KEYS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("spec",): (
        *("acceptLoss", "effectiveFrom", "extends", "gracePeriod", "ownerTags"),
        *("unknownPermissions", "variables"),
    ),
    ("spec", "match"): _SERVICES,
    ("spec", "exclude"): _SERVICES,
    ("spec", "containers", "exclude"): _CONTAINERS,
    ("spec", "destinations"): ("firelens",),
    ("spec", "destinations", "containers"): _CONTAINERS,
    ("spec", "logGroup"): ("class", "kmsKeyId"),
    ("spec", "rollout"): (
        *("latchRetry", "maxFailures", "maxRecorrections", "onRelease", "settle", "waves"),
        "windows",
    ),
    ("spec", "allow"): (
        *("codeDeploy", "deregisterSuperseded", "inactiveBase", "replaceKey", "resize"),
        *("scaledToZero", "scheduledTasks"),
    ),
}


def keys_not_yet(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that a later version will know in the mapping at a path."""
    return _KEYS.get(tuple(step for step in path if isinstance(step, str)), ())
