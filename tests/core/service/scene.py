"""The vocabulary of these tests: a service in its world, and what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from controller.core.consent import Yes
from controller.core.document.json import Document, Json
from controller.core.move import Decision, Move
from controller.core.pace.traffic import Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import Deployment, History, PastDeployment
from controller.core.service.next_move import next_move
from controller.core.service.observed import (
    NOT_ASKED,
    AlarmsRead,
    BaseRead,
    ConsumersRead,
    Family,
    FamilyRead,
    GroupsRead,
    HistoryRead,
    KillSwitchRead,
    Observed,
    Service,
    StateRead,
    TasksRead,
    Unread,
)
from controller.core.service.registration import content_digest, registrable
from controller.core.service.revision import (
    BASE,
    DIGEST,
    MANAGED_BY,
    Identity,
    Revision,
    failure_tag,
)
from controller.core.service.tasks import Tasks
from controller.core.state.kill_switch import Seen
from controller.core.state.model import ClusterState
from tests.core.service.given import CORRECTED, DRIFTED, GROUP, NOW, REF, ago, judged, policy

OUR_ROLE = "arn:aws:sts::111122223333:assumed-role/ecs-logging"
IDENTITY = Identity("main", frozenset({OUR_ROLE}))
ENFORCED = Yes(given=True, writes=True, otherwise=Reason("AuditOnly", "not enforced"))
NOT_ENFORCED = Yes(given=False, writes=False, otherwise=Reason("AuditOnly", "not enforced"))
UNREADABLE = Unread(Reason("AccessDenied", "may not be read"))

# ── revisions ─────────────────────────────────────────────────────────────────────────────────────


def arn_of(number: int, family: str = "shop") -> str:
    """Return the ARN of a revision."""
    return f"arn:aws:ecs:eu-central-1:111122223333:task-definition/{family}:{number}"


def revision(number: int, document: Document = DRIFTED, **described: Json) -> Revision:
    """Return a revision that somebody's pipeline registered, as ECS describes it."""
    shown: dict[str, Json] = {
        "taskDefinitionArn": arn_of(number),
        "revision": number,
        "status": "ACTIVE",
        "registeredAt": ago(5_000).timestamp(),
        "registeredBy": "arn:aws:iam::111122223333:user/pipeline",
    }
    return Revision(arn_of(number), {**document, **shown, **described}, {"team": "shop"})


def ours(number: int, document: Document = CORRECTED, *, base: int = 1, **shown: Json) -> Revision:
    """Return a revision that we registered as the correction of *base*, a long time ago."""
    shown = {"registeredBy": f"{OUR_ROLE}/session", **shown}
    tags = {
        MANAGED_BY: IDENTITY.instance,
        BASE: arn_of(base),
        DIGEST: content_digest(registrable(document)),
    }
    return replace(revision(number, document, **shown), tags=tags)


def inactive(one: Revision) -> Revision:
    """Return the revision after it was deregistered."""
    return replace(one, document={**one.document, "status": "INACTIVE"})


def marked(one: Revision, ref: ServiceRef = REF) -> Revision:
    """Return the revision with the mark that it failed for a service."""
    return replace(one, tags={**one.tags, failure_tag(ref.arn): "DeploymentFailed"})


def damaged(one: Revision) -> Revision:
    """Return the revision as ECS shows it where it did not keep what was sent."""
    return replace(one, document={**one.document, "cpu": "other"})


# ── a service in its world ────────────────────────────────────────────────────────────────────────


def deployment(
    one: Revision,
    *,
    started: datetime,
    state: str | None = "COMPLETED",
    status: str = "PRIMARY",
    updated: datetime | None = None,
    failed: int = 0,
) -> Deployment:
    """Return a deployment of a described service that wants two tasks."""
    done = state == "COMPLETED"
    return Deployment(
        id=f"ecs-svc/{one.number}",
        status=status,
        task_definition=one.arn,
        desired=2,
        running=2 if done else 0,
        pending=0 if done else 2,
        failed=failed,
        rollout_state=state,
        created_at=started,
        updated_at=updated or started,
    )


def past(one: Revision, status: str = "SUCCESSFUL", **more: Any) -> PastDeployment:
    """Return a service deployment of the history, that started and ended long ago.

    A revision of ours came over its base, unless it is said otherwise.
    """
    stated = PastDeployment(
        arn=f"arn:deployment/{one.number}",
        status=status,
        task_definition=one.arn,
        came_from=one.base,
        created_at=ago(5_000),
        finished_at=ago(4_990),
    )
    return replace(stated, **more)


def history(*deployments: PastDeployment, complete: bool = True) -> History:
    """Return a history, newest first."""
    return History(deployments, complete)


def family(*revisions: Revision, reaches: int = 0) -> Family:
    """Return the revisions of a family, newest first."""
    newest_first = sorted(revisions, key=lambda one: -one.number)
    return Family(tuple(newest_first), reaches)


def whole_traffic() -> Traffic:
    """Return a fleet that was seen whole, by a process that registered what is ours."""
    registered = frozenset(arn_of(number) for number in range(2, 9))
    return Traffic(complete=True, whole=True, registered=registered)


BASE_REVISION = revision(1)
SERVICE = Service(
    document={"taskDefinition": BASE_REVISION.arn},
    status="ACTIVE",
    desired=2,
    running=2,
    controller="ECS",
    is_daemon=False,
    on_fargate=True,
    is_express=False,
    minimum_healthy_percent=100,
    tags={},
    deployments=(deployment(BASE_REVISION, started=ago(5_000)),),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One service in its world; by default it has drifted and nothing stands in the way."""

    policy: LoggingPolicy = field(default_factory=policy)
    revision: Revision = BASE_REVISION
    service: Service = SERVICE
    history: HistoryRead = field(default_factory=lambda: history(past(BASE_REVISION)))
    family: FamilyRead = field(default_factory=lambda: family(BASE_REVISION))
    base: BaseRead = BASE_REVISION
    groups: GroupsRead = field(default_factory=lambda: {GROUP: True})
    state: StateRead = field(default_factory=lambda: {REF.cluster_ref: ClusterState()})
    consumers: ConsumersRead = NOT_ASKED
    tasks: TasksRead = field(default_factory=lambda: Tasks(()))
    kill_switch: KillSwitchRead | None = None
    alarms: AlarmsRead = NOT_ASKED
    traffic: Traffic = field(default_factory=whole_traffic)
    yes: Yes = ENFORCED
    now: datetime = NOW
    first_look: bool = False
    refused: frozenset[type[Move]] = frozenset()
    default_mode: Json = "non-blocking"
    leads: bool = True

    def but(self, **changes: Any) -> Scene:
        """Return the scene with some of it changed."""
        return replace(self, **changes)

    def with_service(self, **changes: Any) -> Scene:
        """Return the scene with some of the service changed."""
        return self.but(service=replace(self.service, **changes))

    def set_to(self, one: Revision, **how: Any) -> Scene:
        """Return the scene after *one* was deployed over what the service was set to."""
        primary = deployment(one, **how)
        scene = self.with_service(document={"taskDefinition": one.arn}, deployments=(primary,))
        return scene.but(revision=one, history=self._history_with(one, primary))

    def _history_with(self, one: Revision, primary: Deployment) -> HistoryRead:
        if not isinstance(self.history, History):
            return self.history
        statuses = {"COMPLETED": "SUCCESSFUL", "FAILED": "STOPPED"}
        status = statuses.get(primary.rollout_state or "", "IN_PROGRESS")
        ended = status != "IN_PROGRESS"
        newest = past(
            one,
            status,
            came_from=self.revision.arn,
            created_at=primary.created_at,
            finished_at=primary.updated_at if ended else None,
        )
        return history(newest, *self.history.deployments, complete=self.history.complete)

    @property
    def candidate(self) -> Candidate:
        """What the gates are asked about."""
        observed = Observed(
            REF,
            self.service,
            self.revision,
            IDENTITY,
            self.default_mode,
            history=self.history,
            family=self.family,
            base=self.base,
            groups=self.groups,
            state=self.state,
            consumers=self.consumers,
            tasks=self.tasks,
            alarms=self.alarms,
            kill_switch=self.kill_switch or Seen(self.now),
        )
        verdict = judged(self.revision.document, self.policy, default_mode=self.default_mode)
        return Candidate(
            observed,
            verdict,
            policy_digest="0" * 64,
            yes=self.yes,
            traffic=self.traffic,
            now=self.now,
            first_look=self.first_look,
            refused=self.refused,
            leads=self.leads,
        )

    @property
    def next(self) -> Decision:
        """What is to be done."""
        return next_move(self.candidate)


A_DRIFTED_SERVICE = Scene()
