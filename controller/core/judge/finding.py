"""What a person is told about one demand that is not met."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from controller.core.document.path import Keyed, Path
from controller.core.policy.severity import Severity

UNKNOWN = "Unknown"
UNDECIDED = "Undecided"
EXEMPT = "Exempt"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged, as findings name it: members that a kind does not have are None."""

    account: str
    region: str
    kind: str
    cluster: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One demand that is not met. `blocked` says why its edit is not (yet) to be made.

    `fixable` tells whether an edit exists at all. A finding that is `Unknown` or `Undecided` is
    neither compliant nor drift. One that is `Exempt` is accepted by the PolicyException that
    `exempt_by` names, whatever else could be said of it.
    """

    id: str
    rule: str
    severity: Severity
    container: str | None
    path: str
    message: str
    fixable: bool
    blocked: str | None = None
    exempt_by: str | None = None

    @property
    def is_violation(self) -> bool:
        """True unless it is exempt, or what is could not be compared with what must be."""
        return self.blocked not in {UNKNOWN, UNDECIDED, EXEMPT}

    @property
    def is_unsure(self) -> bool:
        """True where what is could not be compared with what must be."""
        return self.blocked in {UNKNOWN, UNDECIDED}


def finding_id(subject: Subject, rule: str, path: Path) -> str:
    """Return the identity of a finding: the same from run to run, whatever else changes."""
    parts = (
        subject.account,
        subject.region,
        subject.kind,
        subject.cluster or "",
        subject.name,
        container_of(path) or "",
        rule,
        str(path),
    )
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:12]


def container_of(path: Path) -> str | None:
    """Return the name of the container that *path* leads into, or None."""
    match path.steps:
        case ("containerDefinitions", Keyed("name", name), *_):
            return name
        case _:
            return None
