"""A task definition before it is deployed: judged by the policies that would govern it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from controller.core.document.json import Document, Json, text
from controller.core.document.unresolved import Span, Unresolved
from controller.core.judge.finding import Finding
from controller.core.judge.finding import Subject as Judged
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import (
    Contested,
    Governed,
    Subject,
    Undecided,
    Ungoverned,
    select,
)
from controller.core.policy.severity import Severity
from controller.core.reason import Reason, Sync
from controller.core.service.context import ServiceContext
from controller.core.service.verdict import judge

KIND: Final = "task-definition"
_NO_DEFAULT: Final = Unresolved(
    "the account's defaultLogDriverMode is not known here (--context defaultLogDriverMode=…)"
)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Where the task definition is to be deployed, as far as that is known.

    `default_mode` is the account setting defaultLogDriverMode, which holds for a container that
    states no mode [fact 2.9].
    """

    account: str | None = None
    region: str | None = None
    partition: str | None = None
    cluster: str | None = None
    service: str | None = None
    family: str | None = None
    default_mode: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and where in its file it stands."""

    finding: Finding
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """How one task definition of a file stands to the policies."""

    name: str | None
    span: Span
    context: CheckContext
    sync: Sync
    policy: str | None = None
    reason: Reason | None = None
    findings: tuple[Placed, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Tell whether anything could not be compared with what must be."""
        unsure = self.sync in {Sync.UNKNOWN, Sync.UNDECIDED}
        return unsure or any(not one.finding.is_violation for one in self.findings)

    def violates(self, least: Severity) -> bool:
        """Tell whether there is a violation of at least this severity."""
        found = (one.finding for one in self.findings)
        return any(one.is_violation and one.severity >= least for one in found)


def check(
    document: Document, stated: CheckContext, policies: PolicySet, place: Callable[[str], Span]
) -> Checked:
    """Judge *document*, in the shape of describe or of register.

    *stated* is what is known besides the document, and goes before what the document says of
    itself. What a policy needs and neither tells is Undecided, never guessed. *place* returns
    where the path of a finding stands.
    """
    context = _completed(stated, document)
    checked = Checked(context.family, place(""), context, Sync.UNGOVERNED)
    match select(policies.policies, Subject(context.cluster, context.service)):
        case Governed(policy=policy) if policy.mode is not Mode.DISABLED:
            return _judged(checked, document, policy, place)
        case Governed(policy=policy):
            told = f"its policy {policy.name} is disabled"
            return replace(checked, reason=Reason("PolicyDisabled", told))
        case Ungoverned(reason=told):
            return replace(checked, reason=Reason("Ungoverned", told))
        case Undecided(because=told):
            why = Reason("Undecided", told, "State it with --context.")
            return replace(checked, sync=Sync.UNDECIDED, reason=why)
        case Contested(names=names):
            told = f"policies {' and '.join(names)} of one priority all match"
            why = Reason("PolicyConflict", told, "Give them different priorities.")
            return replace(checked, sync=Sync.UNDECIDED, reason=why)


def _completed(stated: CheckContext, document: Document) -> CheckContext:
    """Add what the document says of itself: its family and, as described, its ARN."""
    stated = replace(stated, family=stated.family or text(document.get("family")))
    match (text(document.get("taskDefinitionArn")) or "").split(":"):
        case ["arn", partition, "ecs", region, account, *_]:
            return replace(
                stated,
                account=stated.account or account,
                region=stated.region or region,
                partition=stated.partition or partition,
            )
        case _:
            return stated


def _judged(
    checked: Checked, document: Document, policy: LoggingPolicy, place: Callable[[str], Span]
) -> Checked:
    context = checked.context
    names = {
        "account": context.account,
        "region": context.region,
        "partition": context.partition,
        "cluster": context.cluster,
        "service": context.service,
        "family": context.family,
    }
    default: Json = context.default_mode or _NO_DEFAULT
    name = context.service or context.family or ""
    subject = Judged(context.account or "", context.region or "", KIND, context.cluster, name)
    verdict = judge(document, ServiceContext(policy, names, default), subject, group_settings={})
    findings = tuple(Placed(one, place(one.path)) for one in verdict.judgement.findings)
    return replace(checked, sync=verdict.sync, policy=policy.name, findings=findings)
