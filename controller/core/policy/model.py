"""LoggingPolicy: how the containers of some services must log, and how far to go about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any, Self, TypeVar

from pydantic import ConfigDict, Field, Strict, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo

from controller.core.policy.allow import Allow, InactiveBase
from controller.core.policy.day import Day
from controller.core.policy.destination import Accepted, Awslogs, Destination
from controller.core.policy.log_group import LogGroupPolicy
from controller.core.policy.metadata import PolicyName
from controller.core.policy.mode import Mode
from controller.core.policy.owner_tags import OwnerTags
from controller.core.policy.owners import NamedOwner, OwnerMode, Owners
from controller.core.policy.pace import MaxConcurrent, MaxFailures, MaxPer
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.quantities import Duration
from controller.core.policy.retention import retention_faults
from controller.core.policy.rollout import OnRelease, Rollout
from controller.core.policy.selector import ContainerSelector, Selector
from controller.core.policy.severity import Severity
from controller.core.policy.variables import Variable, undefined_faults, variable_faults
from controller.core.policy.wave import Promotion, Wave
from controller.core.policy.window import Times, Weekday, Window
from controller.core.policy.written import Written, refusal

__all__ = [  # the whole language, for those who read policies
    "Accepted",
    "Allow",
    "Awslogs",
    "ContainerSelector",
    "Containers",
    "Destination",
    "InactiveBase",
    "LogGroupPolicy",
    "LoggingPolicy",
    "LoggingPolicySpec",
    "MaxConcurrent",
    "MaxFailures",
    "MaxPer",
    "NamedOwner",
    "OnRelease",
    "OwnerMode",
    "Owners",
    "Promotion",
    "Rollout",
    "RuleSettings",
    "Selector",
    "Times",
    "Variable",
    "Wave",
    "Weekday",
    "Window",
]


_Naming = TypeVar("_Naming", tuple[Destination, ...], LogGroupPolicy | None)


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


def _needs_less(schema: dict[str, Any]) -> None:
    """Say in a JSON Schema that what a policy extends states what is required."""
    required = schema.pop("required")
    schema["anyOf"] = [{"required": required}, {"required": ["extends"]}]


class LoggingPolicySpec(Written):
    """What a policy says, without its name."""

    model_config = ConfigDict(json_schema_extra=_needs_less)

    mode: Mode = Mode.AUDIT
    """How far the controller may go: Audit only finds and shows, Enforce also writes, Disabled
    does neither. Audit, because nothing is written before somebody asks for it."""

    severity: Severity | None = None
    """How much findings matter, whatever the rules say of themselves. Without it, the rules' own;
    what `rules` says of a single rule goes before both."""

    extends: Annotated[str, Field(min_length=1)] | None = None
    """The policy whose keys hold here where this one states none: maps are merged, lists and
    destinations replaced, and `mode` is never taken over. None by default."""

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

    variables: Mapping[str, Variable] = Field(default_factory=dict)
    """Values that templates may name as {var:NAME}, looked up in tables. None by default."""

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

    owner_tags: OwnerTags = OwnerTags.HONOUR
    """What becomes of the tags by which the owner of a service asks for less: Honour follows them,
    Report only tells of them, Ignore does not look. Honour: an owner can only weaken."""

    effective_from: Day | None = None
    """The day on which enforcement begins, in UTC: 2027-03-31; before it, Enforce is Audit.
    Without it, at once."""

    grace_period: Duration = timedelta(0)
    """How long Enforce is still Audit, in s, m, h or d, from the later of `effectiveFrom`, which is
    then required, and the making of the service. 0d: there is none."""

    rollout: Rollout = Rollout()
    """The pace of changes. One service at a time and 10% a day, by default."""

    allow: Allow = Allow()
    """What is refused unless asked for by name. Nothing is allowed by default."""

    @model_validator(mode="after")
    def _counts_from_a_day(self) -> Self:
        if self.grace_period > timedelta(0) and self.effective_from is None:
            message = "`gracePeriod` counts from a day that is not stated"
            hint = "add `effectiveFrom:` with the day on which the policy takes effect"
            raise refusal(Fault(Reason.MISSING_KEY, message, hint, at=("gracePeriod",)))
        return self

    @field_validator("variables")
    @classmethod
    def _hang_together(cls, variables: Mapping[str, Variable]) -> Mapping[str, Variable]:
        if faults := tuple(variable_faults(variables)):
            raise refusal(*faults)
        return variables

    @field_validator("destinations", "log_group")
    @classmethod
    def _name_variables_of_the_policy(cls, stated: _Naming, info: ValidationInfo) -> _Naming:
        if "variables" not in info.data:
            return stated  # they are refused themselves
        variables: Mapping[str, Variable] = info.data["variables"]
        faults = [
            fault
            for at, template in _templates(stated)
            for fault in undefined_faults(template, variables, at=at)
        ]
        if faults:
            raise refusal(*faults)
        return stated

    @model_validator(mode="after")
    def _keeps_for_days(self) -> Self:
        retention = None if self.log_group is None else self.log_group.retention_in_days
        if faults := tuple(retention_faults(retention, self.variables)):
            raise refusal(*faults)
        return self

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


def _templates(
    stated: tuple[Destination, ...] | LogGroupPolicy | None,
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the templates of a part of the spec, each with the path to it from there."""
    match stated:
        case LogGroupPolicy(retention_in_days=str(template)):
            yield ("retentionInDays",), template
        case tuple():
            for index, destination in enumerate(stated):
                for key, template in destination.awslogs.templates.items():
                    yield (index, "awslogs", key), template
        case _:
            pass


class LoggingPolicy(LoggingPolicySpec):
    """A policy as the rest of the program knows it: what it says, with its name."""

    name: PolicyName
    """What people and tags call the policy."""
