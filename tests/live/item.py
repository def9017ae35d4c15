"""One thing that is believed of AWS, and how it is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias


class Answer(StrEnum):
    """What came of asking."""

    PROVEN = "proven"
    REFUTED = "refuted"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one item, and what was seen, or why it was not tried."""

    answer: Answer
    told: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """The account that is asked: clients of boto3, and the one cluster that the user has named.

    `run` is in the name of everything that is made, and its tag. `undo` holds what takes each of
    it away again; it runs at the end, whatever happens.
    """

    ecs: Any
    logs: Any
    sts: Any
    cluster: str
    run: str
    undo: ExitStack = field(default_factory=ExitStack)

    @property
    def name(self) -> str:
        """What is made is called so."""
        return f"ecs-logging-live-check-{self.run}"

    @property
    def tag(self) -> dict[str, str]:
        """The tag of everything that is made, in the form of ECS."""
        return {"key": "ecs-logging-live-check", "value": self.run}

    def services(self) -> Iterator[dict[str, Any]]:
        """Yield the first services of the cluster, as they are described."""
        arns = self.ecs.list_services(cluster=self.cluster, maxResults=10)["serviceArns"]
        if arns:
            yield from self.ecs.describe_services(cluster=self.cluster, services=arns)["services"]


Proof: TypeAlias = Callable[[Live], Verdict]


@dataclass(frozen=True, slots=True)
class Item:
    """One belief. `otherwise` is what the code does meanwhile if it is not so.

    `command` shows it to a person. `proof` is None where only that does; `writes` tells what it
    makes, None where it only reads.
    """

    id: str
    believed: str
    otherwise: str
    command: str
    proof: Proof | None = None
    writes: str | None = None


def proven(told: str = "") -> Verdict:
    """Return that it is as believed."""
    return Verdict(Answer.PROVEN, told)


def refuted(told: str) -> Verdict:
    """Return that it is otherwise, and what was seen."""
    return Verdict(Answer.REFUTED, told)


def not_tried(why: str) -> Verdict:
    """Return that it was not tried, and why."""
    return Verdict(Answer.NOT_TRIED, why)
