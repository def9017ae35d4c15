"""Destinations: where containers log to, and what else is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, field_validator
from pydantic_core.core_schema import ValidationInfo

from controller.core.policy.naming import LOG_GROUP, LOG_STREAM, REGION, Naming, template_faults
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.quantities import BufferSize
from controller.core.policy.selector import ContainerSelector, Glob
from controller.core.policy.written import Written, refusal

DeliveryMode = Literal["blocking", "non-blocking"]
"""What a container does when its log driver cannot keep up: wait, or drop lines [fact 2.9]."""

LogDriver = Literal[
    "awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog"
]
"""The drivers that ECS's API knows [fact 1.2]."""

KeptOption = Literal["group", "region", "streamPrefix", "mode", "maxBufferSize"]
"""An option of awslogs by the name that a destination gives it."""


def _template(naming: Naming) -> AfterValidator:
    def valid(template: str) -> str:
        if faults := template_faults(template, naming):
            raise refusal(*faults)
        return template

    return AfterValidator(valid)


def _one_or_many(written: object) -> object:
    return (written,) if isinstance(written, (dict, ContainerSelector)) else written


class Awslogs(Written):
    """The options of the awslogs driver."""

    group: Annotated[str, _template(LOG_GROUP)]
    """Template of the log group's name, 1 to 512 characters [fact 6.4]. Required: only its owner
    knows where logs belong."""

    region: Annotated[str, _template(REGION)] = "{region}"
    """Template of the Region of the log group. The service's own, where nothing leaves it."""

    stream_prefix: Annotated[str, _template(LOG_STREAM)]
    """Template of what streams begin with: prefix/container/task id [fact 2.5]. Required, as
    Fargate requires it [fact 2.4]."""

    mode: DeliveryMode = "non-blocking"
    """What happens when logs cannot be delivered as fast as written. non-blocking, as in ECS
    itself [fact 2.9]: lines may be lost, but the application never stands still for its logs."""

    max_buffer_size: BufferSize | None = None
    """Bytes of lines waiting for delivery, such as 25m; only with non-blocking. Without it ECS's
    own, 10m [fact 2.9]; the memory that it takes is more than twice that [fact 2.11]."""

    @property
    def templates(self) -> Mapping[str, str]:
        """The templates in it, by their keys."""
        return {
            "group": self.group,
            "region": self.region,
            "streamPrefix": self.stream_prefix,
        }

    @field_validator("max_buffer_size")
    @classmethod
    def _only_when_non_blocking(cls, size: str | None, info: ValidationInfo) -> str | None:
        if size is not None and info.data.get("mode") == "blocking":
            hint = "remove it, or write `mode: non-blocking`"
            raise refusal(Fault(Reason.INVALID_VALUE, "only non-blocking has a buffer", hint))
        return size


class Destination(Written):
    """Where the containers that it selects log to."""

    containers: Annotated[
        tuple[ContainerSelector, ...] | None,
        Field(min_length=1),
        BeforeValidator(
            _one_or_many,
            json_schema_input_type=ContainerSelector | tuple[ContainerSelector, ...] | None,
        ),
    ] = None
    """Which containers log here: one selector, or a list of which any may fit. Without it all
    that no earlier destination selected; the last destination, and no other, has none."""

    awslogs: Awslogs
    """CloudWatch Logs through the awslogs driver."""

    keep: Annotated[frozenset[KeptOption], PlainSerializer(sorted, return_type=list[str])] = (
        frozenset({"group", "region", "streamPrefix"})
    )
    """Options that a container which already logs by this driver keeps as it has them.
    ['group', 'region', 'streamPrefix'], so that logs stay where their readers look for them."""


class Accepted(Written):
    """A shape of logging that is as good as the destinations and stays as it is."""

    driver: LogDriver
    """The log driver. Required: it is what a shape is known by."""

    output: str | None = None
    """The output plugin of the router, such as datadog: Fluent Bit's `Name`, or Fluentd's `@type`
    [fact 3.17]; only with awsfirelens. Without it, any."""

    options: Mapping[str, Glob] = Field(default_factory=dict)
    """Options that must be there, each with a glob that its value must fit. None by default."""

    secret_options: tuple[str, ...] = ()
    """Options that must be there as secrets (`secretOptions`). None by default."""

    @field_validator("output")
    @classmethod
    def _only_of_firelens(cls, output: str | None, info: ValidationInfo) -> str | None:
        if output is not None and info.data.get("driver", "awsfirelens") != "awsfirelens":
            hint = "remove it, or write `driver: awsfirelens`"
            raise refusal(Fault(Reason.INVALID_VALUE, "only awsfirelens has an output", hint))
        return output
