"""Stopping the line: after so many failures nothing more is begun until a person has looked.

It is counted anew at every look, from what ECS remembers of the rolls. What a person has
acknowledged, cluster by cluster, counts no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Final

from controller.core.pace.traffic import Sighting
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.rollout import MaxFailures
from controller.core.reason import Reason
from controller.core.refs import ClusterRef, ServiceRef

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, order=True)
class _Ended:
    """A roll that has ended, or is known to have failed."""

    at: datetime
    failed: bool
    ref: ServiceRef

    def __str__(self) -> str:
        """Which service it was of, and when."""
        return f"{self.ref.cluster}/{self.ref.name} at {self.at:%Y-%m-%d %H:%M} UTC"


def stopped(
    policy: LoggingPolicy,
    sightings: Mapping[ServiceRef, Sighting],
    acknowledged: Mapping[ClusterRef, datetime],
) -> Reason | None:
    """Return why nothing more may be begun under the policy; None where it may.

    *acknowledged* tells when a person has last let the line go on, in those clusters in which
    somebody has.
    """
    rolls = sorted(_ended(policy, sightings, acknowledged))
    return _in_a_row(rolls, policy.rollout.max_failures) or _of_the_last(
        rolls, policy.rollout.max_failures
    )


def _ended(
    policy: LoggingPolicy,
    sightings: Mapping[ServiceRef, Sighting],
    acknowledged: Mapping[ClusterRef, datetime],
) -> Iterator[_Ended]:
    for ref, seen in sightings.items():
        if seen.policy != policy.name:
            continue
        since = acknowledged.get(ref.cluster_ref)
        for roll in seen.rolls:
            at = roll.ended or roll.at
            if (roll.failed or roll.succeeded) and (since is None or at > since):
                yield _Ended(at, roll.failed, ref)


def _in_a_row(rolls: list[_Ended], most: MaxFailures) -> Reason | None:
    failed = list(takewhile(lambda one: one.failed, reversed(rolls)))
    if len(failed) < most.in_a_row:
        return None
    return _stopped(f"the last {len(failed)} rolls failed", failed)


def _of_the_last(rolls: list[_Ended], most: MaxFailures) -> Reason | None:
    """Count the share of the last rolls that failed: rounded down, and at least one."""
    last = rolls[-most.of_last :]
    failed = [one for one in reversed(last) if one.failed]
    if most.share is None or len(last) < most.of_last:
        return None
    if len(failed) < max(1, int(most.of_last * most.share)):
        return None
    return _stopped(f"{len(failed)} of the last {len(last)} rolls failed", failed)


def _stopped(told: str, failed: list[_Ended]) -> Reason:
    """Return the reason; *failed* are the failures, newest first."""
    named = ", ".join(str(one) for one in failed[:_SHOWN])
    more = f", and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    clusters = sorted({one.ref.cluster for one in failed})
    named_so = " ".join(f"--cluster {one}" for one in clusters)
    remedy = f"Find out why, then: ecs-logging resume --line {named_so}"
    return Reason("LineStopped", f"{told}: {named}{more}", remedy)
