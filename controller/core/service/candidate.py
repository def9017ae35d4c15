"""A service with a correction that may be rolled out: what every gate is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from controller.core.consent import Yes
from controller.core.document.edit import Edit, apply
from controller.core.document.json import Document
from controller.core.move import Move, Wait
from controller.core.pace.traffic import Traffic
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import MAX_IMPACT, SHOWN
from controller.core.reason import Reason
from controller.core.service.departures import Departure, departures
from controller.core.service.observed import Family, NotAsked, Observed
from controller.core.service.registration import (
    carried_tags,
    content_digest,
    patch_digest,
    registrable,
)
from controller.core.service.revision import (
    BASE,
    DIGEST,
    MANAGED_BY,
    NEW_DRIVERS,
    PATCH,
    POLICY,
    POLICY_DIGEST,
    Revision,
)
from controller.core.service.task_definition import driver_by_container
from controller.core.service.verdict import Verdict
from controller.core.state.model import ClusterState, unknown_member

_SOONEST: Final = timedelta(seconds=1)
_LATEST: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One service, the correction that its policy enforces, and the world around it.

    `first_look`: the service's family was not looked through since the process started.
    `refused`: the kinds of moves that AWS did not let us make on it lately. `max_impact`: the share
    of services, in percent, that the set of policies may change without an approval. `leads`: this
    process holds the lease.
    """

    observed: Observed
    verdict: Verdict
    policy_digest: str
    yes: Yes
    traffic: Traffic
    now: datetime
    first_look: bool = False
    refused: frozenset[type[Move]] = frozenset()
    max_impact: int = MAX_IMPACT
    leads: bool = True

    @property
    def policy(self) -> LoggingPolicy:
        """The policy that governs the service."""
        return self.verdict.policy

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that may be rolled out."""
        return self.verdict.enforced

    @property
    def body(self) -> Document:
        """The document to register: the base with the edits made, output-only members dropped."""
        return registrable(apply(self.observed.revision.document, self.edits))

    @property
    def new_drivers(self) -> frozenset[str]:
        """The log drivers that the correction brings to containers which log otherwise now."""
        before = driver_by_container(self.observed.revision.document)
        return frozenset(
            driver
            for name, driver in driver_by_container(self.body).items()
            if before.get(name) != driver
        )

    @property
    def departures(self) -> tuple[Departure, ...]:
        """The containers that the edits take away from the log group to which they log now."""
        observed = self.observed
        return tuple(departures(observed.revision.document, self.body, observed.ref))

    @property
    def digest(self) -> str:
        """The content digest of `body`."""
        return content_digest(self.body)

    @property
    def tags(self) -> dict[str, str]:
        """The tags of the revision to register: the base's, and what makes ours recognisable."""
        brought = " ".join(sorted(self.new_drivers))
        return {
            **carried_tags(self.observed.revision.tags),
            MANAGED_BY: self.observed.identity.instance,
            POLICY: self.policy.name,
            POLICY_DIGEST: self.policy_digest[:SHOWN],
            BASE: self.observed.revision.arn,
            DIGEST: self.digest,
            PATCH: patch_digest(self.edits),
            **({NEW_DRIVERS: brought} if brought else {}),
        }

    @property
    def registered(self) -> Revision | None:
        """A revision of ours that is just what is to be rolled out, if there is one.

        Services share a corrected revision exactly when their base and document are equal.
        """
        observed = self.observed
        revisions = observed.family.revisions if isinstance(observed.family, Family) else ()
        fitting = (
            one
            for one in revisions
            if one.base == observed.revision.arn
            and one.tags.get(DIGEST) == self.digest
            and one.is_active
            and one.is_ours(observed.identity)
            and not one.failed_for(observed.ref.arn)
        )
        return next(fitting, None)

    def damaged(self, revision: Revision) -> bool:
        """Tell whether ECS shows *revision* other than we sent it.

        Of a revision that some other process registered, nobody here knows what was sent, unless
        that has tagged the cluster: a pipeline may run under our role, and clone our tags.
        """
        sent_by_us = revision.arn in self.traffic.registered or self._cluster_remembers(revision)
        return sent_by_us and revision.is_damaged(self.observed.identity)

    def is_remembered(self, revision: Revision) -> bool:
        """Tell whether the cluster was tagged with *revision* as one that ECS did not keep."""
        return revision.arn in self.traffic.remembered or self._cluster_remembers(revision)

    def _cluster_remembers(self, revision: Revision) -> bool:
        states = self.observed.state
        state = None if isinstance(states, NotAsked) else states.get(self.observed.ref.cluster_ref)
        return isinstance(state, ClusterState) and state.unknown_member == unknown_member(
            revision.arn
        )

    @property
    def watch(self) -> timedelta:
        """How soon to look again at what goes on: sixty times within the progress deadline."""
        often = self.policy.rollout.progress_deadline / 60
        return max(_SOONEST, min(often, _LATEST))

    def refuse(
        self, code: str, message: str, remedy: str, *, again_in: timedelta | None = None
    ) -> Wait:
        """Return a refusal that is looked at again after *again_in*, or at the next resync."""
        until = None if again_in is None else self.now + again_in
        return Wait(Reason(code, message, remedy), until)
