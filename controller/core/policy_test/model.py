"""PolicyTest: cases that say what policies must make of a service, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from controller.core.policy.day import begins, day
from controller.core.policy.destination import DeliveryMode
from controller.core.policy.metadata import Metadata
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.severity import Severity
from controller.core.policy.written import Written, refusal
from controller.core.reason import Sync

KIND = "PolicyTest"

Text = Annotated[str, Field(min_length=1)]


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def _moment(written: object) -> datetime:
    if isinstance(written, datetime):
        return written
    if isinstance(written, str) and (found := day(written)) is not None:
        return begins(found)
    if isinstance(written, str) and _MOMENT.fullmatch(written):
        try:
            moment = datetime.fromisoformat(written)
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (OverflowError, ValueError):  # such as the 30th of February, or the year 0
            pass
    message, hint = "not a day or a moment", "write 2027-03-31, or 2027-03-31T23:59:59Z"
    raise refusal(Fault(Reason.INVALID_VALUE, message, hint))


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_MOMENT.pattern})$"}
    ),
]
"""A day, which stands for its first moment, or a moment; in UTC unless it says otherwise."""


class Given(Written):
    """What is known of a service. What is not stated is not known."""

    account: Text | None = None
    """The account."""

    region: Text | None = None
    """The Region."""

    partition: Text | None = None
    """The partition: aws, aws-cn or aws-us-gov."""

    cluster: Text | None = None
    """The cluster's name."""

    service: Text | None = None
    """The service's name."""

    family: Text | None = None
    """The family, where the task definition does not say it."""

    launch_types: tuple[Literal["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"], ...] | None = (
        None
    )
    """The launch types on which the service's tasks may be placed."""

    platform: Text | None = None
    """The operating system's family, where the task definition does not say it."""

    scheduling_strategy: Literal["REPLICA", "DAEMON"] | None = None
    """The scheduling strategy."""

    deployment_controller: Literal["ECS", "CODE_DEPLOY", "EXTERNAL"] | None = None
    """Who makes deployments."""

    tags: Mapping[str, str] | None = None
    """The service's tags. Without it they are not known; {} stands for none."""

    created_at: Moment | None = None
    """When the service was created."""

    default_log_driver_mode: DeliveryMode | None = None
    """The account setting, which holds for a container that states no mode."""

    task_definition: Mapping[str, Any] | None = None
    """The task definition itself, in the shape of register or of describe."""

    file: Text | None = None
    """The file that holds the task definition, from where the test stands."""

    inventory: Text | None = None
    """The file of an inventory that holds the service, from where the test stands."""

    @model_validator(mode="after")
    def _states_one_source(self) -> Self:
        sources = ("task_definition", "file", "inventory")
        if len(self.model_fields_set.intersection(sources)) > 1:
            message = "what runs is given more than once"
            hint = "keep one of taskDefinition, file and inventory"
            raise refusal(Fault(Reason.INVALID_VALUE, message, hint))
        return self

    def over(self, shared: Given) -> Given:
        """Return what is known if *shared* is, too; what is stated here counts."""
        sources = {"task_definition", "file", "inventory"}
        below = {
            name: getattr(shared, name)
            for name in shared.model_fields_set
            if name not in sources or not sources & self.model_fields_set
        }
        stated = {name: getattr(self, name) for name in self.model_fields_set}
        return Given.model_construct(**{**below, **stated})


class ExpectedFinding(Written):
    """A finding, as far as it is stated."""

    rule: Text
    """The rule's id. Required."""

    container: Text | None = None
    """The container's name; null for what is of no container."""

    severity: Severity | None = None
    """The severity."""

    path: Text | None = None
    """Where it stands: containerDefinitions[name=web].logConfiguration."""

    blocked: Text | None = None
    """Why its edit is not made, such as AuditOnly or Exempt; null where it is."""

    exempt_by: Text | None = None
    """The exception by which it is exempt."""


class Expect(Written):
    """What must come of it. What is not stated may be anything."""

    governed_by: Text | None = None
    """The policy that governs; null for none."""

    sync: Sync | None = None
    """How the service stands to the policy."""

    reason: Text | None = None
    """The reason why it is left alone or held, by its code; null for none."""

    findings: tuple[ExpectedFinding, ...] | None = None
    """All findings, in any order; [] for none."""

    exempt_by: tuple[Text, ...] | None = None
    """All exceptions by which findings are exempt; [] for none."""

    patch: tuple[Mapping[str, Any], ...] | None = None
    """The correction as a JSON Patch (RFC 6902); [] for none."""

    document: Mapping[str, Any] | None = None
    """The corrected task definition."""

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        if not self.model_fields_set:
            hint = "state governedBy, sync, findings, patch or document"
            raise refusal(Fault(Reason.INVALID_VALUE, "this expects nothing", hint))
        return self


class Case(Written):
    """One service at one moment, and what is expected."""

    name: Text
    """What the case shows, as a sentence. Required."""

    date: Moment | None = None
    """The moment at which it is judged. Without it, that of all cases."""

    given: Given = Given()
    """What is known of the service, beside what is given to all cases."""

    expect: Expect
    """What must come of it. Required."""


class PolicyTestSpec(Written):
    """What is tested."""

    policies: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    """Files and directories of policies, from where the test stands. Without it, the file beside
    the test that is called as it is (x.yaml for x.test.yaml), else the directory itself."""

    date: Moment | None = None
    """The moment at which cases are judged. Required where a case has none of its own: what
    depends on today would fail tomorrow."""

    given: Given = Given()
    """What is known of the services of all cases."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    """The cases. Required."""

    @model_validator(mode="after")
    def _each_has_a_date(self) -> Self:
        faults = [
            Fault(
                Reason.MISSING_KEY,
                "it is not said at which date this is judged",
                "add `date: 2026-11-22` here, or to `spec`",
                ("cases", index),
            )
            for index, case in enumerate(self.cases)
            if case.date is None and self.date is None
        ]
        if faults:
            raise refusal(*faults)
        return self


class PolicyTestDocument(Written):
    """Cases that say what policies must make of services."""

    api_version: Literal["ecs-logging/v1alpha1"]
    """The version of the language. Required."""

    kind: Literal["PolicyTest"]
    """What the document is. Required."""

    metadata: Metadata
    """What the test is called. Required."""

    spec: PolicyTestSpec
    """What is tested. Required."""
