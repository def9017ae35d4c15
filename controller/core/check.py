"""A task definition before it is deployed: judged by the policies that would govern it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from controller.core.document.json import Document, Json, text
from controller.core.document.unresolved import Span, Unresolved
from controller.core.judge.finding import Finding
from controller.core.judge.finding import Subject as Judged
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.owner_tags import OwnerTags
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
from controller.core.policy.standing import Standing, in_force, standing, undecided
from controller.core.reason import Reason, Sync
from controller.core.service.context import ServiceContext
from controller.core.service.subject import platform_of
from controller.core.service.verdict import Verdict, judge

KIND: Final = "task-definition"
_NO_DEFAULT: Final = Unresolved(
    "the account's defaultLogDriverMode is not known here (--context defaultLogDriverMode=…)"
)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Where the task definition is to be deployed, as far as that is known.

    `default_mode` is the account setting defaultLogDriverMode, which holds for a container that
    states no mode [fact 2.9]. `launch_types` and what follows is what policies select by besides
    names: `tags` are those of the service, all of them.
    """

    account: str | None = None
    region: str | None = None
    partition: str | None = None
    cluster: str | None = None
    service: str | None = None
    family: str | None = None
    default_mode: str | None = None
    launch_types: frozenset[str] | None = None
    platform: str | None = None
    scheduling_strategy: str | None = None
    deployment_controller: str | None = None
    tags: Mapping[str, str] | None = None

    @property
    def subject(self) -> Subject:
        """What policies select by."""
        return Subject(
            cluster=self.cluster,
            service=self.service,
            family=self.family,
            account=self.account,
            region=self.region,
            launch_types=self.launch_types,
            platform=self.platform,
            scheduling_strategy=self.scheduling_strategy,
            deployment_controller=self.deployment_controller,
            tags=self.tags,
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and where in its file it stands."""

    finding: Finding
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """How one task definition of a file stands to the policies.

    `verdict` is what the policy says of it, where one governs it.
    """

    name: str | None
    span: Span
    context: CheckContext
    sync: Sync
    policy: str | None = None
    reason: Reason | None = None
    findings: tuple[Placed, ...] = ()
    verdict: Verdict | None = field(default=None, repr=False)

    @property
    def incomplete(self) -> bool:
        """Tell whether anything could not be compared with what must be."""
        unsure = self.sync in {Sync.UNKNOWN, Sync.UNDECIDED}
        return unsure or any(one.finding.is_unsure for one in self.findings)

    def violates(self, least: Severity) -> bool:
        """Tell whether there is a violation of at least this severity."""
        found = (one.finding for one in self.findings)
        return any(one.is_violation and one.severity >= least for one in found)


def check(
    document: Document,
    stated: CheckContext,
    policies: PolicySet,
    place: Callable[[str], Span],
    *,
    now: datetime,
    created_at: datetime | None = None,
) -> Checked:
    """Judge *document*, in the shape of describe or of register, as things stand at *now*.

    *stated* is what is known besides the document, and goes before what the document says of
    itself. What a policy needs and neither tells is Undecided, never guessed. *place* returns
    where the path of a finding stands. *created_at* is when the service was made, if it was.
    """
    context = _completed(stated, document)
    checked = Checked(context.family, place(""), context, Sync.UNGOVERNED)
    subject = context.subject
    match select(policies.policies, subject):
        case Governed(policy=policy):
            stands = _standing(policies, policy, subject, created_at=created_at, now=now)
            if stands.off is not None:
                sync = Sync.UNGOVERNED if stands.held is None else Sync.EXEMPT
                return replace(checked, sync=sync, reason=stands.off)
            _, unsure = in_force(policies.exceptions, subject, now)
            checked = replace(checked, reason=undecided(unsure[0]) if unsure else None)
            return _judged(checked, document, stands, place)
        case Ungoverned(reason=told):
            return replace(checked, reason=Reason("Ungoverned", told))
        case Undecided(because=told):
            why = Reason("Undecided", told, "State it with --context.")
            return replace(checked, sync=Sync.UNDECIDED, reason=why)
        case Contested(names=names):
            told = f"policies {' and '.join(names)} of one priority all match"
            why = Reason("PolicyConflict", told, "Give them different priorities.")
            return replace(checked, sync=Sync.UNDECIDED, reason=why)


def _standing(
    policies: PolicySet,
    policy: LoggingPolicy,
    subject: Subject,
    *,
    created_at: datetime | None,
    now: datetime,
) -> Standing:
    """Return how far the policy goes; what only a live service can say does not weaken it."""
    if subject.tags is None:
        policy = policy.model_copy(update={"owner_tags": OwnerTags.IGNORE})
    if created_at is None:
        policy = policy.model_copy(update={"grace_period": timedelta(0)})
    return standing(policies, policy, subject, created_at=created_at, now=now)


def _completed(stated: CheckContext, document: Document) -> CheckContext:
    """Add what the document says of itself: its family, its platform and, as described, its ARN.

    Of the launch type it says nothing for certain: `requiresCompatibilities` is what registration
    validates it for [fact 2.25], and a service may place it elsewhere.
    """
    stated = replace(
        stated,
        family=stated.family or text(document.get("family")),
        platform=stated.platform or platform_of(document, stated.launch_types),
    )
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
    checked: Checked, document: Document, stands: Standing, place: Callable[[str], Span]
) -> Checked:
    context, policy = checked.context, stands.policy
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
    verdict = judge(
        document,
        ServiceContext(policy, names, default, context.tags),
        subject,
        group_settings={},
        standing=stands,
    )
    findings = tuple(Placed(one, place(one.path)) for one in verdict.judgement.findings)
    return replace(
        checked, sync=verdict.sync, policy=policy.name, findings=findings, verdict=verdict
    )
