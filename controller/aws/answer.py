"""An answer of AWS as received, indexed so that a missing member cannot pass for an empty one.

An answer that was cut on its way may still parse. Whoever reads it with a default sees an empty
fleet; here a required member that is not there is a RetryError that names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from controller.core.document.json import Document, Json, items, members
from controller.errors import RetryError


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to `operation`, or the JSON object that stands at `path` in it."""

    operation: str
    document: Document
    path: str = ""

    def text(self, name: str) -> str:
        """Return the string *name*; raises RetryError if there is none."""
        value = self.document.get(name)
        if not isinstance(value, str):
            raise self._missing(name, "string")
        return value

    def number(self, name: str) -> int:
        """Return the integer *name*; raises RetryError if there is none."""
        value = self.document.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._missing(name, "integer")
        return value

    def moment(self, name: str) -> datetime:
        """Return the time *name*, aware and in UTC; raises RetryError if there is none.

        In the JSON protocol a time is the number of seconds since the epoch.
        """
        value = self.document.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._missing(name, "time")
        return datetime.fromtimestamp(value, UTC)

    def moment_if_any(self, name: str) -> datetime | None:
        """Return the time *name*, or None if the member is not there."""
        return None if self.document.get(name) is None else self.moment(name)

    def part(self, name: str) -> Answer:
        """Return the object *name*; raises RetryError if there is none."""
        value = self.document.get(name)
        if not isinstance(value, dict):
            raise self._missing(name, "object")
        return Answer(self.operation, value, self._at(name))

    def parts(self, name: str) -> list[Answer]:
        """Return the objects in the array *name*; raises RetryError if there is none."""
        return [
            Answer(self.operation, members(one), f"{self._at(name)}[{place}]")
            for place, one in enumerate(self._array(name))
        ]

    def texts(self, name: str) -> list[str]:
        """Return the strings in the array *name*; raises RetryError if there is none."""
        found = [one for one in self._array(name) if isinstance(one, str)]
        if len(found) != len(self._array(name)):
            raise self._missing(name, "array of strings")
        return found

    def _array(self, name: str) -> list[Json]:
        value = self.document.get(name)
        if not isinstance(value, list):
            raise self._missing(name, "array")
        return list(items(value))

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _missing(self, name: str, kind: str) -> RetryError:
        message = f"the answer has no {kind} {self._at(name)}; it may have been cut on its way"
        return RetryError(self.operation, "MissingMember", message)
