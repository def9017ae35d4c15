"""The colours of states: each state also has its word, so that no colour says anything alone."""

from __future__ import annotations

from typing import Final

from rich.style import Style

from controller.core.policy.severity import Severity
from controller.core.reason import Health, Sync

SYNC: Final = {
    Sync.COMPLIANT: Style(color="green"),
    Sync.DRIFTED: Style(color="red"),
    Sync.UNKNOWN: Style(color="magenta"),
    Sync.UNDECIDED: Style(color="magenta"),
    Sync.EXEMPT: Style(dim=True),
    Sync.UNGOVERNED: Style(dim=True),
}
HEALTH: Final = {
    Health.HEALTHY: Style(color="green"),
    Health.PROGRESSING: Style(color="blue"),
    Health.DEGRADED: Style(color="red"),
    Health.SUSPENDED: Style(color="yellow"),
}
SEVERITY: Final = {
    Severity.LOW: Style(),
    Severity.MEDIUM: Style(color="yellow"),
    Severity.HIGH: Style(color="red"),
    Severity.CRITICAL: Style(color="red", bold=True),
}
HEADING: Final = Style(bold=True)
ASIDE: Final = Style(dim=True)
OLD: Final = Style(color="red")
NEW: Final = Style(color="green")
