"""A SARIF log of one run: its rules, its results, and how the run itself went.

SARIF 2.1.0 is an OASIS standard (docs.oasis-open.org/sarif/sarif/v2.1.0). What is written here is
the part that code scanning of GitHub and GitLab, and the viewers of editors, understand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from controller import __version__
from controller.core.policy.severity import Severity
from controller.report.markdown.writing import without_links
from controller.report.sarif.location import ROOT
from controller.report.structure import Structure
from controller.report.words import clean

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What is known of a rule, or of a reason, wherever it is met.

    `help` is Markdown; its links within docs/ lead nowhere here, so only their names stay. `url`
    leads to more; None where there is no such page.
    """

    id: str
    title: str
    why: str
    help: str
    level: str
    url: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def structure(self) -> Structure:
        """This descriptor as SARIF writes it."""
        told = without_links(self.help)
        written: Structure = {
            "id": self.id,
            "shortDescription": {"text": clean(self.title)},
            "fullDescription": {"text": clean(self.why)},
            "help": {"text": clean(f"{self.title} {self.why}"), "markdown": told},
            "defaultConfiguration": {"level": self.level},
            "properties": {"tags": list(self.tags)},
        }
        return written if self.url is None else written | {"helpUri": self.url}


@dataclass(frozen=True, slots=True)
class Run:
    """How a run went: when it ended, with which exit code, and what kept it from being complete."""

    name: str
    ended_at: datetime
    exit_code: int
    notifications: tuple[Structure, ...] = ()

    @property
    def invocation(self) -> Structure:
        """This run as SARIF writes it: violations do not make it unsuccessful, errors do."""
        return {
            "executionSuccessful": not any(one["level"] == "error" for one in self.notifications),
            "exitCode": self.exit_code,
            "endTimeUtc": f"{self.ended_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "toolExecutionNotifications": list(self.notifications),
        }


def level_of(severity: Severity) -> str:
    """Return the level at which SARIF shows a finding of this severity."""
    return _LEVELS[severity]


def notification(level: str, text: str, location: Structure) -> Structure:
    """Return what a run has to say of itself: `level` is error, warning or note."""
    return {"level": level, "message": {"text": clean(text)}, "locations": [location]}


def log(run: Run, rules: Sequence[Descriptor], results: Sequence[Structure]) -> Structure:
    """Return the log of *run*. Each result has the `ruleId` of one of *rules*."""
    indices = {rule.id: index for index, rule in enumerate(rules)}
    driver: Structure = {
        "name": "ecs-logging",
        "semanticVersion": __version__,
        "rules": [one.structure for one in rules],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": f"ecs-logging/{run.name}/"},
                "invocations": [run.invocation],
                "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the checkout"}}},
                "columnKind": "unicodeCodePoints",
                "results": [one | {"ruleIndex": indices[str(one["ruleId"])]} for one in results],
            }
        ],
    }
