"""What a rule is: a sentence, what a person is told of it, and the demands that make it precise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from controller.core.document.json import Document
from controller.core.judge.demand import Demand
from controller.core.policy.severity import Severity

View = TypeVar("View")
Context = TypeVar("Context")


@dataclass(frozen=True, slots=True)
class Explained:
    """What a person is told of a rule beyond its sentence; docs/rules.md is made from it.

    `relies_on` says in words what the facts say, `does` what comes of a violation: lists in
    Markdown, indented as is convenient. `before` and `after` are an example under the policy of
    that page: the members of one container, or what DescribeLogGroups shows. `frameworks` are the
    ids of the controls that ask the same (core/frameworks.py), `sources` the pages of AWS on
    which it rests.
    """

    relies_on: str = ""
    does: str = ""
    before: Document = field(default_factory=dict)
    after: Document = field(default_factory=dict)
    frameworks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


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
    explained: Explained = field(default_factory=Explained)
