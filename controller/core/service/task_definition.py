"""A typed reading of a task definition, in the shape of describe or of register."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.core.document.json import (
    Document,
    Json,
    Missing,
    is_list,
    items,
    members,
    text,
)
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

    def option(self, name: str) -> Json | Missing:
        """Return the log option *name* as written."""
        return read(self.document, ROOT / "logConfiguration" / "options" / name)

    def option_path(self, option: str) -> Path:
        """Where the log option *option* stands, or would."""
        return self.log_configuration_path / "options" / option

    @property
    def image(self) -> str:
        """The image, empty where there is none that can be read."""
        return text(self.document.get("image")) or ""

    @property
    def essential(self) -> Json:
        """Whether it is essential, as written; one that does not say is [fact 1.5]."""
        written = self.document.get("essential")
        return True if written is None else written

    @property
    def driver(self) -> Json | Missing:
        """The log driver as written."""
        return read(self.document, ROOT / "logConfiguration" / "logDriver")

    @property
    def options(self) -> Document:
        """The log options as written."""
        return members(read(self.document, ROOT / "logConfiguration" / "options"))

    @property
    def secret_options(self) -> tuple[str | Unresolved, ...]:
        """The names of the log options that are taken from secrets."""
        secrets = read(self.document, ROOT / "logConfiguration" / "secretOptions")
        if isinstance(secrets, Unresolved):
            return (secrets,)
        names = (
            one if isinstance(one, Unresolved) else members(one).get("name")
            for one in items(secrets)
        )
        return tuple(name for name in names if isinstance(name, str | Unresolved))

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
        """The containers that can be addressed by name: those whose name no other has."""
        found = (members(one) for one in items(self.document.get("containerDefinitions")))
        named = [(name, one) for one in found if (name := text(one.get("name"))) is not None]
        times = Counter(name for name, _ in named)
        return tuple(Container(name, one) for name, one in named if times[name] == 1)

    @property
    def unreadable(self) -> Unresolved | None:
        """What keeps some container from being read by name, or None."""
        listed = self.document.get("containerDefinitions")
        if isinstance(listed, Unresolved):
            return listed
        if not is_list(listed):
            return Unresolved("the task definition has no list of container definitions")
        taken = set()
        for one in listed:
            name = one if isinstance(one, Unresolved) else members(one).get("name")
            if isinstance(name, Unresolved):
                return name
            if not isinstance(name, str):
                return Unresolved("a container definition has no name")
            if name in taken:
                return Unresolved(f"more than one container definition has the name {name}")
            taken.add(name)
        return None

    @property
    def is_for_fargate(self) -> bool:
        """Tell whether registration validates it for Fargate [fact 2.25]."""
        return FARGATE in items(self.document.get("requiresCompatibilities"))


def driver_by_container(document: Document) -> dict[str, str]:
    """Return the log driver of each container that is known to have one, by its name."""
    drivers = ((one.name, text(one.driver)) for one in TaskDefinition(document).containers)
    return {name: driver for name, driver in drivers if driver is not None}
