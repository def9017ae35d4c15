"""Every rule of every kind, in the order in which they are told."""

from __future__ import annotations

from typing import Any, Final

from controller.core.judge.rule import Rule
from controller.core.log_group.rules import RULES as LOG_GROUP_RULES
from controller.core.service.rules import RULES as SERVICE_RULES

RULES: Final[tuple[Rule[Any, Any], ...]] = (*SERVICE_RULES, *LOG_GROUP_RULES)
"""What is judged in a fleet: of these, `check` asks those for services."""
