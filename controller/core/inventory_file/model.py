"""What an inventory file says: the questions that were asked of AWS, and what it answered.

An inventory is a record of answers, not a model of a fleet of its own: what decisions read offline
is what they would have read from AWS at that moment, value for value, errors included. Nothing is
in the file that was not asked for; and what is not in the file was never seen.

To add a question, add its row to `questions.py`: values are written and read by their types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from controller.core.refs import ServiceRef, ref_of
from controller.core.service.observed import Service
from controller.core.service.revision import Identity, Revision

API_VERSION: Final = "ecs-logging/v1alpha1"
KIND: Final = "Inventory"


class Key(NamedTuple):
    """One question: which, asked in which Region, and about what."""

    region: str
    question: str
    of: str


@dataclass(frozen=True, slots=True)
class Known:
    """AWS answered."""

    answer: object


@dataclass(frozen=True, slots=True)
class Failure:
    """The question was asked and failed; the members are those of an `AwsError`.

    `kind` is what the caller should do about it: the name of the error's type.
    """

    kind: str
    operation: str
    code: str
    message: str
    where: str


Answer: TypeAlias = Known | Failure


@dataclass(frozen=True, slots=True)
class InventoryFile:
    """A fleet as it was at one moment.

    `identity` is the instance whose corrections are ours, and under whom AWS was asked. `clusters`
    are those that were asked for by name; none means all of the Regions.
    """

    taken_at: datetime
    identity: Identity
    regions: tuple[str, ...]
    clusters: tuple[str, ...]
    answers: Mapping[Key, Answer]

    @property
    def services(self) -> Iterator[tuple[ServiceRef, Service]]:
        """Yield every service that was described, in the order of their ARNs."""
        for key, answer in sorted(self.answers.items(), key=lambda one: one[0]):
            ref = ref_of(key.of)
            found = answer.answer if isinstance(answer, Known) else None
            if isinstance(ref, ServiceRef) and isinstance(found, Service):
                yield ref, found

    def revision(self, region: str, arn: str | None) -> Revision | None:
        """Return a revision, if it was described."""
        answer = self.answers.get(Key(region, "revision", arn or ""))
        found = answer.answer if isinstance(answer, Known) else None
        return found if isinstance(found, Revision) else None

    @property
    def failures(self) -> Iterator[tuple[Key, Failure]]:
        """Yield what could not be read, in a stable order."""
        for key, answer in sorted(self.answers.items(), key=lambda one: one[0]):
            if isinstance(answer, Failure):
                yield key, answer
