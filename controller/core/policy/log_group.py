"""Log groups: what a policy wants of the groups that containers log to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict

from controller.core.policy.kms_key import KmsKey
from controller.core.policy.retention import Retention
from controller.core.policy.written import Written

LogGroupClass = Literal["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS"]
"""The classes that containers can log to: DELIVERY is for Lambda alone [fact 6.5]."""


class LogGroupPolicy(Written):
    """What holds for the log groups of the services that the policy governs."""

    create: Annotated[bool, Strict()] = True
    """Whether a missing group is made. true, because a container whose group is missing does not
    start, or cannot be stopped [fact 2.26]."""

    retention_in_days: Retention | None = None
    """Days after which events expire, one of the values that CloudWatch Logs takes [fact 6.1]; or
    a variable of the policy, "{var:retention}". Without it, retention is left alone."""

    retention: Literal["Exactly", "AtLeast"] = "Exactly"
    """Whether a longer retention is fine as well. Exactly, so that nothing is kept, and paid for,
    beyond what was agreed. With AtLeast whatever keeps its events longer, or for ever, stays."""

    kms_key_id: KmsKey | None = None
    """The key by which events are encrypted: an ARN, or an alias in the account and Region of the
    group. Groups are made with it [fact 6.6]; one that exists is never given another. Without it
    they are encrypted as CloudWatch Logs sees fit."""

    log_group_class: Annotated[LogGroupClass | None, Field(alias="class")] = None
    """The class with which groups are made; it can never be changed [fact 6.5]. Without it they are
    STANDARD, and the class of those that exist does not matter."""

    deletion_protection: Annotated[bool, Strict()] = False
    """Whether groups are made so that nobody can delete them before the protection is taken off
    [fact 6.7]. false, which leaves those that are protected as they are."""
