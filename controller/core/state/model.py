"""The state of a cluster: the policy set last in force there, and what people have said of it.

It lives in tags on the cluster, where every process finds it again and everybody can read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from controller.core.reason import Reason

POLICY_DIGEST: Final = "ecs-logging/policy-digest"
APPROVED_POLICY: Final = "ecs-logging/approved-policy"
ACKNOWLEDGED: Final = "ecs-logging/acknowledged"
PAUSED: Final = "ecs-logging/paused"

_IN_FORCE: Final = re.compile(r"([0-9a-f]{16}) governed=([0-9]{1,9})")
_DIGEST: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class ClusterState:
    """What the tags of a cluster say. Digests are short: as much as is shown to people.

    `governed` is how many services of the cluster the set with `policy_digest` governed when it
    came in force; `approved_policy` the set that a person has let in whatever it changes.
    """

    policy_digest: str | None = None
    governed: int = 0
    approved_policy: str | None = None
    acknowledged: str | None = None
    paused: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a cluster remembers cannot be told: it may not be read, or makes no sense."""

    reason: Reason


def state_of(tags: Mapping[str, str]) -> ClusterState | Unknown:
    """Return what the tags of a cluster say; Unknown where one of ours is not as we write it."""
    stated, approved = tags.get(POLICY_DIGEST), tags.get(APPROVED_POLICY)
    in_force = None if stated is None else _IN_FORCE.fullmatch(stated)
    if stated is not None and in_force is None:
        return _garbled(POLICY_DIGEST, stated)
    if approved is not None and _DIGEST.fullmatch(approved) is None:
        return _garbled(APPROVED_POLICY, approved)
    return ClusterState(
        policy_digest=None if in_force is None else in_force[1],
        governed=0 if in_force is None else int(in_force[2]),
        approved_policy=approved,
        acknowledged=tags.get(ACKNOWLEDGED),
        paused=tags.get(PAUSED),
    )


def in_force(policy_digest: str, governed: int) -> str:
    """Return the value of the tag that remembers a set, of characters that ECS takes in a tag.

    [MODEL TagValue: letters, digits, spaces and `_ . : / = + - @`]
    """
    return f"{policy_digest} governed={governed}"


def _garbled(key: str, value: str) -> Unknown:
    told = f"the cluster's tag {key} is {value!r}, which is nothing that ecs-logging writes"
    return Unknown(Reason("Unknown", told, "Remove the tag, or put back what it was."))
