"""What goes on, as plain data: the one shape in which JSON and YAML show it."""

from __future__ import annotations

from datetime import datetime

from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from controller.core.state.model import ClusterState
from controller.core.state.waves import WaveStatus
from controller.core.status import Rolling, Status, Waiting
from controller.report.gates import reason
from controller.report.named import named
from controller.report.structure import SCHEMA_VERSION, Structure


def structure(status: Status) -> Structure:
    """Return what is written of *status*."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "observedAt": status.observed_at.isoformat(),
        "policyDigest": status.policy_digest,
        "clusters": [_cluster(ref, one) for ref, one in status.clusters.items()],
        "stoppedLines": [{"policy": one.policy} | reason(one.reason) for one in status.lines],
        "waves": [_wave(one) for one in status.waves],
        "rolls": [_roll(one) for one in status.rolls],
        "waiting": [_waiting(one) for one in status.waiting],
        "ready": [named(one) for one in status.ready],
        "holds": [named(one.ref) | reason(one.reason) for one in status.holds],
        "suspended": [named(one) for one in status.suspended],
        "gaps": list(status.gaps),
    }


def _cluster(ref: ClusterRef, says: ClusterState | Reason) -> Structure:
    if isinstance(says, Reason):
        return named(ref) | {"paused": None, "pausedBy": None, "unknownMember": None} | reason(says)
    return named(ref) | {
        "paused": _moment(says.paused),
        "pausedBy": says.paused_by,
        "unknownMember": says.unknown_member,
    }


def _wave(one: WaveStatus) -> Structure:
    return {
        "policy": one.policy,
        "wave": one.name,
        "stage": str(one.stage),
        "services": one.services,
        "done": one.done,
        "rolling": one.rolling,
        "waits": None if one.waits is None else reason(one.waits),
        "until": _moment(one.until),
    }


def _roll(one: Rolling) -> Structure:
    return named(one.ref) | {
        "taskDefinitionArn": one.roll.task_definition,
        "phase": one.roll.phase,
        "since": _moment(one.roll.since),
        "until": _moment(one.roll.until),
        "message": one.told,
    }


def _waiting(one: Waiting) -> Structure:
    return {
        "reason": one.code,
        "count": len(one.refs),
        "until": _moment(one.until),
        "targets": [named(ref) for ref in one.refs],
    }


def _moment(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
