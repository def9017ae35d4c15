"""The budget of rolls: so many at once, and such a share of the governed services in a time.

The most restrictive limit wins; what a wave states can only narrow what the rollout does. A share
is rounded down, and is at least one service. Whatever the limits, the first service that moves to
another log driver goes alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from controller.core.move import Wait
from controller.core.pace.traffic import Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.pace import MaxConcurrent
from controller.core.reason import Reason
from controller.core.refs import ServiceRef

Verdict: TypeAlias = Wait | None


def may_start(
    ref: ServiceRef,
    policy: LoggingPolicy,
    traffic: Traffic,
    now: datetime,
    *,
    drivers: frozenset[str] = frozenset(),
    wave: int | None = None,
) -> Verdict:
    """Return None if *ref* may be rolled now, else what it waits for.

    *drivers* are the log drivers that the roll brings to containers which log by another, *wave* is
    the number of the service's wave. A service that holds a slot already has been counted and goes
    through. A wait without a time ends when another service makes room.
    """
    if not traffic.complete:
        told = "the fleet has not been seen whole yet, so its rolls cannot be counted"
        return _exhausted(told)
    if ref in traffic.slots:
        return None
    return (
        _alone(ref, policy, traffic, drivers)
        or _at_once(ref, policy.rollout.max_concurrent, traffic.in_flight(ref), "")
        or _in_wave(ref, policy, traffic, wave)
        or _in_time(ref, policy, traffic, now)
    )


def _alone(
    ref: ServiceRef, policy: LoggingPolicy, traffic: Traffic, drivers: frozenset[str]
) -> Verdict:
    """Let a driver prove itself on one service of the policy before others follow.

    A service in flight that no policy governs any more may be the one that went first.
    """
    seen = traffic.sightings
    governed = [one for one in seen.values() if one.policy == policy.name]
    elsewhere = {one.ref for one in seen.values() if one.policy not in (policy.name, None)}
    unproven = drivers.difference(*(one.proven for one in governed))
    flying = sorted(traffic.in_flight(ref) - elsewhere)
    if not unproven or not flying:
        return None
    named = " and ".join(sorted(unproven))
    return _exhausted(f"no service was moved to {named} yet, and {flying[0]} goes first")


def _in_wave(ref: ServiceRef, policy: LoggingPolicy, traffic: Traffic, wave: int | None) -> Verdict:
    waves = policy.rollout.waves
    limit = waves[wave].max_concurrent if wave is not None and wave < len(waves) else None
    if limit is None:
        return None
    seen = traffic.sightings
    beside = frozenset(
        one
        for one in traffic.in_flight(ref)
        if one in seen and (seen[one].policy, seen[one].wave) == (policy.name, wave)
    )
    return _at_once(ref, limit, beside, " of its wave")


def _at_once(
    ref: ServiceRef, limit: MaxConcurrent, flying: frozenset[ServiceRef], whose: str
) -> Verdict:
    counts = (
        ("in all", limit.total, len(flying)),
        ("in this account", limit.per_account, sum(o.account == ref.account for o in flying)),
        ("in this cluster", limit.per_cluster, sum(_same_cluster(o, ref) for o in flying)),
    )
    for where, most, count in counts:
        if most is not None and count >= most:
            told = f"{count} of {most} services{whose} at once are being rolled {where}"
            return _exhausted(told)
    return None


def _same_cluster(one: ServiceRef, other: ServiceRef) -> bool:
    return one.cluster_arn == other.cluster_arn


def _in_time(ref: ServiceRef, policy: LoggingPolicy, traffic: Traffic, now: datetime) -> Verdict:
    share = policy.rollout.max_per
    governed = [seen for seen in traffic.sightings.values() if seen.policy == policy.name]
    most = max(1, int(len(governed) * share.share))
    since = now - share.span
    rolled = sorted(at for seen in governed for at in seen.rolled_at if at > since)
    started = len(rolled) + sum(
        one in traffic.slots and one != ref for one in (seen.ref for seen in governed)
    )
    if started < most:
        return None
    until = rolled[-most] + share.span if len(rolled) >= most else None
    told = f"{started} of {most} services ({share.share:.0%} of {len(governed)}) were rolled"
    return _exhausted(f"{told} within {share.span}", until)


def _exhausted(message: str, until: datetime | None = None) -> Wait:
    remedy = "It goes on by itself; rollout.maxConcurrent and rollout.maxPer set the pace."
    return Wait(Reason("BudgetExhausted", message, remedy), until)
