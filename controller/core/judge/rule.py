"""What a rule is: a sentence, and the demands that make it precise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from controller.core.judge.demand import Demand
from controller.core.policy.severity import Severity

View = TypeVar("View")
Context = TypeVar("Context")


@dataclass(frozen=True, slots=True)
class Rule(Generic[View, Context]):
    """A rule of one kind of object.

    `facts` are the numbers of the facts it relies on. `needs` names the rules without whose
    edits its own may not be made. `check` states demands from a view of the object and the
    context in which it runs; it never compares and never edits.
    """

    id: str
    title: str
    why: str
    facts: tuple[str, ...]
    kind: str
    severity: Severity
    check: Callable[[View, Context], Iterator[Demand]]
    needs: tuple[str, ...] = ()
