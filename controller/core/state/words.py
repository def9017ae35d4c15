"""The words of people, one for each verb: what it writes, and where it need not be said.

A tag that somebody has written by hand, and that makes no sense, holds everything back: it is
written over, or taken away, like one that does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from controller.core.policy.owner_tags import SUSPENDED
from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.state.conflicts import conflict_tag
from controller.core.state.model import (
    ACKNOWLEDGED,
    APPROVED_POLICY,
    APPROVED_WAVE,
    PAUSED,
    UNKNOWN_MEMBER,
    ClusterState,
    Unknown,
    state_of,
)
from controller.core.state.said import Said, said, written
from controller.core.state.word import Tags, Word

APPROVE: Final = "ecs-logging/approve"


def pause(one: Said) -> Word:
    """Return the word by which nothing new begins in a cluster."""

    def besides(tags: Tags) -> str | None:
        before = said(tags.get(PAUSED, ""))
        return None if before is None else f"paused already, since {_told(before)}"

    return Word(PAUSED, _always(written(one)), "paused", besides)


def resume(one: Said) -> Word:
    """Return the word by which a paused cluster goes on."""

    def besides(tags: Tags) -> str | None:
        return None if PAUSED in tags else "not paused"

    return Word(PAUSED, _take_away, "resumed", besides)


def acknowledge(one: Said) -> Word:
    """Return the word by which a stopped line goes on: failures before it count no more."""
    told = "the failures so far are acknowledged"
    return Word(ACKNOWLEDGED, _always(written(one)), told, _never)


def approve_policy(digest: str) -> Word:
    """Return the word by which a set may come in force, where a cluster would hold it."""

    def besides(tags: Tags) -> str | Reason | None:
        match state_of(tags):
            case Unknown(reason=reason):
                return reason
            case ClusterState(policy_digest=None):
                return "it does not ask for it: it remembers no policies"
            case ClusterState(policy_digest=before) if before == digest:
                return "it does not ask for it: these policies are in force"
            case ClusterState(approved_policy=before) if before == digest:
                return f"approved the policies {digest} already"
        return None

    return Word(APPROVED_POLICY, _always(digest), f"approved the policies {digest}", besides)


def approve_wave(policy: str, wave: str, digest: str | None, *, named: bool) -> Word:
    """Return the word by which the wave of a policy begins, under the set with this digest.

    Without a digest that is the set in force in each cluster. Where none is in force it is said
    only with one, and if the clusters are *named*.
    """
    tag = f"{APPROVED_WAVE}{policy}"

    def value(tags: Tags) -> str:
        state = state_of(tags)
        in_force = state.policy_digest if isinstance(state, ClusterState) else None
        return f"{wave} {digest or in_force}"

    def besides(tags: Tags) -> str | Reason | None:
        state = state_of({key: one for key, one in tags.items() if key != tag})
        if isinstance(state, Unknown):
            return state.reason
        if tags.get(tag) == value(tags):
            return f"approved {policy}/{wave} already"
        if state.policy_digest is None:
            return None if named and digest else "it remembers no policies"
        if digest not in {None, state.policy_digest, state.approved_policy}:
            return f"other policies are in force there: {state.policy_digest}"
        return None

    return Word(tag, value, f"approved {policy}/{wave}", besides)


def approve_account() -> Word:
    """Return the word by which registering goes on where ECS did not keep what it was sent."""

    def besides(tags: Tags) -> str | None:
        return None if UNKNOWN_MEMBER in tags else "it remembers no revision that ECS did not keep"

    return Word(UNKNOWN_MEMBER, _take_away, "registering may go on", besides)


def suspend(one: Said) -> Word:
    """Return the word by which a service is left as it is."""

    def besides(tags: Tags) -> str | None:
        before = tags.get(SUSPENDED)
        if before is None or before.casefold() == "false":
            return None
        since = said(before)
        return "suspended already" + ("" if since is None else f", since {_told(since)}")

    return Word(SUSPENDED, _always(written(one)), "suspended", besides)


def resume_service(one: Said) -> Word:
    """Return the word by which a suspended service is corrected again."""

    def besides(tags: Tags) -> str | None:
        return None if SUSPENDED in tags else "not suspended"

    return Word(SUSPENDED, _take_away, "resumed", besides)


def approve_service(one: Said) -> Word:
    """Return the word by which what a service was held for before is forgiven.

    The cluster's memory of a conflict is older then and holds nothing more: it is taken away so
    that such tags do not pile up.
    """
    told = "approved: what happened so far is forgiven"
    return Word(APPROVE, _always(written(one)), told, _never, then=_forget_conflict)


def _forget_conflict(service: ServiceRef) -> Word:
    tag = conflict_tag(service.arn)

    def besides(tags: Tags) -> str | None:
        return None if tag in tags else "it remembers no conflict over the service"

    return Word(tag, _take_away, f"no longer remembers the conflict over {service.name}", besides)


def _always(value: str) -> Callable[[Tags], str]:
    def of(tags: Tags) -> str:
        return value

    return of


def _take_away(tags: Tags) -> None:
    """Return no value for the tag."""


def _never(tags: Tags) -> None:
    """Tell of no reason: its time counts, so it is said anew."""


def _told(one: Said) -> str:
    by = "" if one.by is None else f" by {one.by}"
    return f"{one.at:%Y-%m-%d %H:%M} UTC{by}"
