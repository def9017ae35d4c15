"""What the controller insists on, for a log group that services claim."""

from __future__ import annotations

from typing import Final

from controller.core.judge.rule import Rule
from controller.core.log_group.context import LogGroupContext
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules.deletion_protection import LOG_GROUP_DELETION_PROTECTION
from controller.core.log_group.rules.exists import LOG_GROUP_EXISTS
from controller.core.log_group.rules.kms import LOG_GROUP_KMS
from controller.core.log_group.rules.log_group_class import LOG_GROUP_CLASS
from controller.core.log_group.rules.retention import LOG_GROUP_RETENTION

RULES: Final[tuple[Rule[LogGroup, LogGroupContext], ...]] = (
    LOG_GROUP_EXISTS,
    LOG_GROUP_RETENTION,
    LOG_GROUP_KMS,
    LOG_GROUP_CLASS,
    LOG_GROUP_DELETION_PROTECTION,
)
