"""A typed reading of a task definition, in the shape of describe or of register."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.document.json import Document, Json, Missing, items, members, text
from controller.core.document.path import ROOT, Path, named, read
from controller.core.document.unresolved import Unresolved

CONTAINERS = ROOT / "containerDefinitions"
FARGATE = "FARGATE"


@dataclass(frozen=True, slots=True)
class Container:
    """One container definition and the path to it."""

    name: str
    document: Document

    @property
    def path(self) -> Path:
        """Where the container stands in its task definition."""
        return CONTAINERS / named(self.name)

    @property
    def log_configuration_path(self) -> Path:
        """Where its log configuration stands, or would."""
        return self.path / "logConfiguration"

    def option_path(self, option: str) -> Path:
        """Where the log option *option* stands, or would."""
        return self.log_configuration_path / "options" / option

    @property
    def image(self) -> str:
        """The image, empty where there is none that can be read."""
        return text(self.document.get("image")) or ""

    @property
    def driver(self) -> Json | Missing:
        """The log driver as written."""
        return read(self.document, ROOT / "logConfiguration" / "logDriver")

    @property
    def options(self) -> Document:
        """The log options as written."""
        return members(read(self.document, ROOT / "logConfiguration" / "options"))

    @property
    def secret_options(self) -> tuple[str, ...]:
        """The names of the log options that are taken from secrets."""
        secrets = items(read(self.document, ROOT / "logConfiguration" / "secretOptions"))
        return tuple(name for one in secrets if (name := text(members(one).get("name"))))

    @property
    def is_router(self) -> bool:
        """Tell whether this is a FireLens log router."""
        return "firelensConfiguration" in self.document


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """A task definition, read without changing it."""

    document: Document

    @property
    def family(self) -> str | None:
        """The family, or None where the document does not say."""
        return text(self.document.get("family"))

    @property
    def containers(self) -> tuple[Container, ...]:
        """The containers that can be addressed by name."""
        found = (members(one) for one in items(self.document.get("containerDefinitions")))
        return tuple(
            Container(name, one) for one in found if (name := text(one.get("name"))) is not None
        )

    @property
    def unreadable(self) -> Unresolved | None:
        """What keeps some container from being read by name, or None."""
        listed = self.document.get("containerDefinitions")
        if isinstance(listed, Unresolved):
            return listed
        for one in items(listed):
            if isinstance(one, Unresolved):
                return one
            name = members(one).get("name")
            if isinstance(name, Unresolved):
                return name
            if not isinstance(name, str):
                return Unresolved("a container definition has no name")
        return None

    @property
    def is_for_fargate(self) -> bool:
        """Tell whether registration validates it for Fargate [fact 2.25]."""
        return FARGATE in items(self.document.get("requiresCompatibilities"))
