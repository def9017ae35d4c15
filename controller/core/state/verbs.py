"""What each verb by which a person speaks sets or clears, and where: the whole of it.

It all lives in tags, where every process finds it again and everybody can read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from controller.core.policy.owner_tags import SUSPENDED
from controller.core.state.model import (
    ACKNOWLEDGED,
    APPROVED_POLICY,
    APPROVED_WAVE,
    PAUSED,
    UNKNOWN_MEMBER,
)
from controller.core.state.words import APPROVE


class Scope(StrEnum):
    """What a verb is about."""

    CLUSTERS = "clusters: those named, or all"
    ASKING = "the clusters that ask for it"
    SERVICE = "one service"


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb as it is typed: its scope, the tag, what the tag is set to, and what follows.

    `sets` is None where the tag is taken away.
    """

    typed: str
    scope: Scope
    tag: str
    sets: str | None
    effect: str


_WHEN: Final = "when, and who"

VERBS: Final[tuple[Verb, ...]] = (
    Verb(
        "pause",
        Scope.CLUSTERS,
        PAUSED,
        _WHEN,
        "Nothing new begins there: `Paused`. What has begun is finished, or returned.",
    ),
    Verb("resume", Scope.CLUSTERS, PAUSED, None, "It goes on."),
    Verb(
        "resume --line",
        Scope.CLUSTERS,
        ACKNOWLEDGED,
        _WHEN,
        "Failures before that moment no longer stop the line: `LineStopped` ends.",
    ),
    Verb(
        "suspend SERVICE",
        Scope.SERVICE,
        SUSPENDED,
        _WHEN,
        "Nothing new begins on the service: `OwnerSuspended`.",
    ),
    Verb("resume SERVICE", Scope.SERVICE, SUSPENDED, None, "It is corrected again."),
    Verb(
        "approve service SERVICE",
        Scope.SERVICE,
        APPROVE,
        _WHEN,
        "What happened before that moment is forgiven: `HeldAfterFailure`, `ConflictingManager` "
        "and `ReleaseReported` end. The cluster's tag `ecs-logging/conflict-<service>` is taken "
        "away.",
    ),
    Verb(
        "approve policy DIGEST",
        Scope.ASKING,
        APPROVED_POLICY,
        "the digest",
        "The set of policies comes in force, whatever it changes: `PolicyImpact` ends.",
    ),
    Verb(
        "approve wave POLICY/WAVE",
        Scope.ASKING,
        f"{APPROVED_WAVE}<policy>",
        "the wave, and the digest",
        "The wave begins, under this set of policies only: `WaitingForPromotion` and the other "
        "waits for waves end.",
    ),
    Verb(
        "approve account",
        Scope.ASKING,
        UNKNOWN_MEMBER,
        None,
        "Revisions are registered again in the account and Region: `UnknownMember` ends.",
    ),
)
