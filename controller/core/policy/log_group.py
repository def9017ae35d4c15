"""Log groups: what a policy wants of the groups that containers log to."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Strict, WithJsonSchema

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import Written, refusal

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365),
    *(400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""The only retentions that CloudWatch Logs takes, in days [fact 6.1]."""


def _no_variable(written: object) -> object:
    if isinstance(written, str) and "{var:" in written:
        message = "`{var:…}` is part of the language, but this version does not know it yet"
        raise refusal(Fault(Reason.NOT_YET, message, "write a number of days"))
    return written


def _retention(days: int) -> int:
    if days in RETENTION_DAYS:
        return days
    shorter = max((known for known in RETENTION_DAYS if known < days), default=None)
    longer = min((known for known in RETENTION_DAYS if known > days), default=None)
    near = " or ".join(str(known) for known in (shorter, longer) if known is not None)
    message = f"CloudWatch Logs keeps nothing for {days} days"
    raise refusal(Fault(Reason.INVALID_VALUE, message, f"the nearest that it knows: {near}"))


RetentionDays = Annotated[
    int,
    Strict(),
    BeforeValidator(_no_variable),
    AfterValidator(_retention),
    WithJsonSchema({"type": "integer", "enum": [*RETENTION_DAYS]}),
]
"""Days of retention, one of those allowed."""


class LogGroupPolicy(Written):
    """What holds for the log groups of the services that the policy governs."""

    create: Annotated[bool, Strict()] = True
    """Whether a missing group is made. true, because a container whose group is missing does not
    start, or cannot be stopped [fact 2.26]."""

    retention_in_days: RetentionDays | None = None
    """Days after which events expire, one of the values that CloudWatch Logs takes [fact 6.1].
    Without it, retention is left alone."""
