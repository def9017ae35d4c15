"""How far the waves of a policy have come, for people to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from controller.core.move import Wait
from controller.core.pace.traffic import Sighting, Traffic
from controller.core.pace.waves import Asking, approved_up_to, may_begin, name_of
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import SHOWN
from controller.core.reason import Reason
from controller.core.state.impact import States
from controller.core.state.model import ClusterState


class Stage(StrEnum):
    """How far one wave has come."""

    DONE = "Done"
    OPEN = "Open"
    WAITING = "Waiting"


@dataclass(frozen=True, slots=True)
class WaveStatus:
    """One wave of a policy: its services, how many of them are done, and how many are being rolled.

    `waits` says for what it waits, and `until` when that ends, where time alone ends it.
    """

    policy: str
    name: str
    services: int
    done: int
    rolling: int
    stage: Stage
    waits: Reason | None = None
    until: datetime | None = None


def waves_of(
    policy: LoggingPolicy, traffic: Traffic, states: States, digest: str, now: datetime
) -> Iterator[WaveStatus]:
    """Yield the waves of *policy* in their order, with that of the rest where anyone is in it.

    *digest* is that of the set of policies: what a person has let begin holds for one set.
    """
    waves = policy.rollout.waves
    governed = [one for one in traffic.sightings.values() if one.policy == policy.name]
    for number in range(len(waves) + 1 if waves else 0):
        members = [one for one in governed if one.wave == number]
        if not members and number == len(waves):
            continue
        left = [one for one in members if not one.is_done]
        idle = [one for one in left if not one.in_flight]
        wait = _waits(idle, policy, traffic, states, digest=digest, now=now)
        is_waiting = wait is not None and len(idle) == len(left)
        stage = Stage.WAITING if is_waiting else Stage.OPEN
        yield WaveStatus(
            policy=policy.name,
            name=name_of(waves, number),
            services=len(members),
            done=len(members) - len(left),
            rolling=len(left) - len(idle),
            stage=stage if left else Stage.DONE,
            waits=None if wait is None else wait.reason,
            until=None if wait is None else wait.until,
        )


def _waits(
    idle: Sequence[Sighting],
    policy: LoggingPolicy,
    traffic: Traffic,
    states: States,
    *,
    digest: str,
    now: datetime,
) -> Wait | None:
    """Return for what those wait who are not being rolled; None where one of them may begin."""
    found: Wait | None = None
    for one in sorted(idle, key=lambda one: one.ref):
        state = states.get(one.ref.cluster_ref)
        said = state.approved_waves.get(policy.name) if isinstance(state, ClusterState) else None
        approved = approved_up_to(said, policy.rollout.waves, digest[:SHOWN])
        asking = Asking(one.ref, policy, one.wave, one.canary_eligible, approved)
        wait = may_begin(asking, traffic, now)
        if wait is None:
            return None
        found = found or wait
    return found
