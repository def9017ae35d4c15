"""What a plan file says, and the report that it is made from.

A plan file holds new values only: no old ones, and nothing of the environment.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from controller.core.consent import Change
from controller.core.document.digest import digest, plain
from controller.core.document.edit import Set
from controller.core.document.patch import Operation
from controller.core.log_group.fingerprint import change_of
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules.exists import NAME
from controller.core.log_group.rules.retention import DAYS
from controller.core.outcome import Outcome, Proposal
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.core.report import Report

SCHEMA_VERSION: Final = 1
SERVICE: Final = "service"
LOG_GROUP: Final = "log-group"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change that may be made: to `arn`, while it is what `fingerprint` says it was."""

    arn: str
    kind: str
    task_definition: str | None
    fingerprint: str
    patch: tuple[Operation, ...]

    @property
    def patch_digest(self) -> str:
        """The digest by which the change is known."""
        return digest(self.patch)

    def allows(self, change: Change) -> bool:
        """Tell whether *change* is this one."""
        return (change.ref.arn, change.fingerprint, change.patch) == (
            self.arn,
            self.fingerprint,
            self.patch_digest,
        )


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The changes that could be made when the plan was made."""

    created_at: datetime
    policy_digest: str
    entries: tuple[Entry, ...]

    @property
    def arns(self) -> tuple[str, ...]:
        """The ARN of each target, once, in the order of the file."""
        return tuple(dict.fromkeys(entry.arn for entry in self.entries))

    def narrowed_to(self, arns: Collection[str]) -> PlanFile:
        """Return the plan with only those of its changes that are made to one of *arns*."""
        return replace(self, entries=tuple(one for one in self.entries if one.arn in arns))


def plan_of(report: Report) -> PlanFile:
    """Return the plan of all that only the process's own yes keeps from being written."""
    entries = (
        entry
        for outcome in report.outcomes
        if outcome.awaits_consent and outcome.proposal is not None
        for entry in _entries(outcome, outcome.proposal)
    )
    return PlanFile(report.observed_at, report.policy_digest, tuple(entries))


def _entries(outcome: Outcome, proposal: Proposal) -> Iterator[Entry]:
    ref, patch, fingerprint = outcome.ref, proposal.patch, proposal.change.fingerprint
    match ref:
        case ServiceRef():
            yield Entry(ref.arn, SERVICE, outcome.task_definition, fingerprint, patch)
        case LogGroupRef():
            yield Entry(ref.arn, LOG_GROUP, None, fingerprint, patch)
            yield from _once_created(ref, patch)
        case ClusterRef():
            return  # what it remembers of policies follows from them: nobody plans it


def _once_created(ref: LogGroupRef, patch: tuple[Operation, ...]) -> Iterator[Entry]:
    """Yield what is left of the change of a group that the first step of the change creates.

    Creating a group and setting its retention are two calls, and the group is looked at between:
    it then shows all else that the plan gives it, which is given in the call that creates it.
    """
    values = {str(one["path"]).removeprefix("/"): one.get("value") for one in patch}
    days = values.pop(str(DAYS), None)
    for operation in patch:
        if operation["path"] == f"/{DAYS}" and str(NAME) in values:
            change = change_of(LogGroup(ref, values, {}), (Set(DAYS, days),))
            yield Entry(ref.arn, LOG_GROUP, None, change.fingerprint, (operation,))


def text_of(plan: PlanFile) -> str:
    """Return the text of a plan file."""
    written = {
        "schemaVersion": SCHEMA_VERSION,
        "createdAt": plan.created_at.isoformat(),
        "policyDigest": plan.policy_digest,
        "targets": [
            {
                "arn": entry.arn,
                "kind": entry.kind,
                "taskDefinitionArn": entry.task_definition,
                "fingerprint": entry.fingerprint,
                "patchDigest": entry.patch_digest,
                "patch": plain(entry.patch),
            }
            for entry in plan.entries
        ],
    }
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"
