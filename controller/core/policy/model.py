"""LoggingPolicy: how the containers of some services must log, and how far to go about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, Strict, field_validator

from controller.core.policy.allow import Allow
from controller.core.policy.destination import Accepted, Awslogs, Destination
from controller.core.policy.log_group import LogGroupPolicy
from controller.core.policy.metadata import PolicyName
from controller.core.policy.mode import Mode
from controller.core.policy.owners import OwnerMode, Owners
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.rollout import MaxConcurrent, MaxPer, Rollout
from controller.core.policy.selector import ContainerSelector, Selector
from controller.core.policy.severity import Severity
from controller.core.policy.written import Written, refusal

__all__ = [  # the whole language, for those who read policies
    "Accepted",
    "Allow",
    "Awslogs",
    "ContainerSelector",
    "Containers",
    "Destination",
    "LogGroupPolicy",
    "LoggingPolicy",
    "LoggingPolicySpec",
    "MaxConcurrent",
    "MaxPer",
    "OwnerMode",
    "Owners",
    "Rollout",
    "RuleSettings",
    "Selector",
]


class Containers(Written):
    """Which containers of a service the policy speaks of."""

    exclude: tuple[ContainerSelector, ...] = ()
    """Containers that the policy leaves alone, if any selector fits. None by default."""


class RuleSettings(Written):
    """What differs for one rule."""

    mode: Mode | None = None
    """How far to go for this rule; the weaker of it and the policy's holds. Without it, the
    policy's."""

    severity: Severity | None = None
    """How much its findings matter. Without it, the rule's own."""


class LoggingPolicySpec(Written):
    """What a policy says, without its name."""

    mode: Mode = Mode.AUDIT
    """How far the controller may go: Audit only finds and shows, Enforce also writes, Disabled
    does neither. Audit, because nothing is written before somebody asks for it."""

    priority: Annotated[int, Strict()] = 0
    """Of the policies that match a service, the one with the highest number governs it. 0; two
    that match the same service must differ."""

    match: Annotated[tuple[Selector, ...], Field(min_length=1)]
    """Services that the policy governs, if any selector fits. Required: what a policy governs is
    never left to chance."""

    exclude: tuple[Selector, ...] = ()
    """Services that the policy does not govern, even if `match` fits. None by default."""

    containers: Containers = Containers()
    """Which containers the policy speaks of. All, by default."""

    destinations: Annotated[tuple[Destination, ...], Field(min_length=1)]
    """Where containers log to: the first that selects a container is its own. Required, and the
    last, and no other, selects all that are left."""

    accept: tuple[Accepted, ...] = ()
    """Shapes of logging that are also fine and stay as they are. None by default."""

    log_group: LogGroupPolicy | None = None
    """What holds for the log groups themselves. Without it they are left alone."""

    rules: Mapping[str, RuleSettings] = Field(default_factory=dict)
    """What differs for single rules, by the rule's id. Nothing by default."""

    owners: Owners = Owners()
    """How far to go with services that something else owns. Patch, by default."""

    rollout: Rollout = Rollout()
    """The pace of changes. One service at a time and 10% a day, by default."""

    allow: Allow = Allow()
    """What is refused unless asked for by name. Nothing is allowed by default."""

    @field_validator("destinations")
    @classmethod
    def _only_the_last_selects_all(
        cls, destinations: tuple[Destination, ...]
    ) -> tuple[Destination, ...]:
        *earlier, last = destinations
        faults = [
            Fault(
                Reason.INVALID_VALUE,
                "this destination selects every container, so none is left for those after it",
                "give it `containers`, or make it the last",
                at=(index,),
            )
            for index, destination in enumerate(earlier)
            if destination.containers is None
        ]
        if last.containers is not None:
            message = "the last destination must select every container that is left"
            hint = "remove `containers` here, or add a destination without it"
            at = (len(earlier), "containers")
            faults.append(Fault(Reason.INVALID_VALUE, message, hint, at))
        if faults:
            raise refusal(*faults)
        return destinations


class LoggingPolicy(LoggingPolicySpec):
    """A policy as the rest of the program knows it: what it says, with its name."""

    name: PolicyName
    """What people and tags call the policy."""
