"""What the controller insists on, for a service; in the order in which findings are shown."""

from __future__ import annotations

from typing import Final

from controller.core.judge.rule import Rule
from controller.core.service.context import ServiceContext
from controller.core.service.rules.awslogs_options import AWSLOGS_OPTIONS
from controller.core.service.rules.delivery_mode import DELIVERY_MODE
from controller.core.service.rules.log_driver import LOG_DRIVER
from controller.core.service.task_definition import TaskDefinition

RULES: Final[tuple[Rule[TaskDefinition, ServiceContext], ...]] = (
    LOG_DRIVER,
    AWSLOGS_OPTIONS,
    DELIVERY_MODE,
)
