"""The state of a cluster: the policy set last in force there, and what people have said of it.

It lives in tags on the cluster, where every process finds it again and everybody can read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from controller.core.reason import Reason
from controller.core.state.conflicts import CONFLICT, Conflict, conflict_of
from controller.core.state.said import Said, said

POLICY_DIGEST: Final = "ecs-logging/policy-digest"
APPROVED_POLICY: Final = "ecs-logging/approved-policy"
APPROVED_WAVE: Final = "ecs-logging/approved-wave."
ACKNOWLEDGED: Final = "ecs-logging/acknowledged"
PAUSED: Final = "ecs-logging/paused"
UNKNOWN_MEMBER: Final = "ecs-logging/unknown-member"

_LONGEST: Final = 256
_WAVE: Final = re.compile(r"[A-Za-z0-9_.:/=+@ -]{1,239} [0-9a-f]{16}")
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        POLICY_DIGEST: re.compile(r"[0-9a-f]{16} governed=[0-9]{1,9}"),
        APPROVED_POLICY: re.compile(r"[0-9a-f]{16}"),
        UNKNOWN_MEMBER: re.compile(r"[A-Za-z0-9_-]{1,255}:[0-9]{1,10}"),
    }
)


@dataclass(frozen=True, slots=True)
class ClusterState:
    """What the tags of a cluster say. Digests are short: as much as is shown to people.

    `governed` is how many services of the cluster the set with `policy_digest` governed when it
    came in force; `approved_policy` the set that a person has let in whatever it changes.
    `acknowledged` is when a person last let a stopped line go on. `paused` is since when nothing
    new may begin in the cluster, `paused_by` who said so. `approved_waves` tells, for each policy,
    the wave that a person has let begin and under which set: `<wave> <digest>`. `unknown_member` is
    the revision, as `family:number`, that ECS did not keep as it was sent. `conflicts` are those
    over services, by the tag that remembers each.
    """

    policy_digest: str | None = None
    governed: int = 0
    approved_policy: str | None = None
    acknowledged: datetime | None = None
    paused: datetime | None = None
    paused_by: str | None = None
    approved_waves: Mapping[str, str] = field(default_factory=dict)
    unknown_member: str | None = None
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a cluster remembers cannot be told: it may not be read, or makes no sense."""

    reason: Reason


def state_of(tags: Mapping[str, str]) -> ClusterState | Unknown:
    """Return what the tags of a cluster say; Unknown where one of ours is not as we write it."""
    for key, value in sorted(tags.items()):
        if not _makes_sense(key, value):
            return _garbled(key, value)
    digest, governed = _in_force(tags.get(POLICY_DIGEST))
    acknowledged, paused = _said(tags, ACKNOWLEDGED), _said(tags, PAUSED)
    return ClusterState(
        policy_digest=digest,
        governed=governed,
        approved_policy=tags.get(APPROVED_POLICY),
        acknowledged=None if acknowledged is None else acknowledged.at,
        paused=None if paused is None else paused.at,
        paused_by=None if paused is None else paused.by,
        approved_waves={
            key.removeprefix(APPROVED_WAVE): value
            for key, value in tags.items()
            if key.startswith(APPROVED_WAVE)
        },
        unknown_member=tags.get(UNKNOWN_MEMBER),
        conflicts=_conflicts(tags),
    )


def _makes_sense(key: str, value: str) -> bool:
    """Tell whether a tag is none of ours, or is as we write it."""
    if key in {PAUSED, ACKNOWLEDGED}:
        return said(value) is not None
    if key.startswith(CONFLICT):
        return conflict_of(value) is not None
    shape = _WAVE if key.startswith(APPROVED_WAVE) else _SHAPES.get(key)
    return shape is None or shape.fullmatch(value) is not None


def _in_force(value: str | None) -> tuple[str | None, int]:
    digest, _, governed = (value or "").partition(" governed=")
    return digest or None, int(governed or 0)


def _conflicts(tags: Mapping[str, str]) -> Mapping[str, Conflict]:
    told = {key: conflict_of(value) for key, value in tags.items() if key.startswith(CONFLICT)}
    return {key: one for key, one in told.items() if one is not None}


def _said(tags: Mapping[str, str], key: str) -> Said | None:
    value = tags.get(key)
    return None if value is None else said(value)


def in_force(policy_digest: str, governed: int) -> str:
    """Return the value of the tag that remembers a set, of characters that ECS takes in a tag.

    [MODEL TagValue: letters, digits, spaces and `_ . : / = + - @`]
    """
    return f"{policy_digest} governed={governed}"


def unknown_member(arn: str) -> str:
    """Return the value of the tag that remembers a revision: its `family:number`.

    Of one that no tag can hold, the end [fact 4.7].
    """
    return arn.rsplit("/", 1)[-1][-_LONGEST:]


def _garbled(key: str, value: str) -> Unknown:
    told = f"the cluster's tag {key} is {value!r}, which is nothing that ecs-logging writes"
    return Unknown(Reason("Unknown", told, "Remove the tag, or put back what it was."))
