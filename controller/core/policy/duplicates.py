"""Duplicates: names that two exceptions have, and more than one document on the whole set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.core.policy.document import PolicySetSpec, Statement
from controller.core.policy.exception import PolicyException
from controller.core.policy.located import place
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.yaml.node import Defect, Mark, Node, follow

_NAME = ("metadata", "name")


def duplicates(stated: Iterable[tuple[Statement, Node]]) -> Iterator[Defect]:
    """Yield what is stated twice, told of the later one; of policies, `problems_across` tells it.

    Each statement comes with the document that makes it.
    """
    names: dict[str, Mark] = {}
    first_set: Mark | None = None
    for statement, node in stated:
        match statement:
            case PolicyException(name=name):
                mark = follow(node, _NAME).mark
                if (first := names.setdefault(name, mark)) != mark:
                    message = f"the name `{name}` is already given at {place(first)}"
                    hint = "give each exception a name of its own"
                    yield Defect(mark, Fault(Reason.DUPLICATE_NAME, message, hint))
            case PolicySetSpec():
                mark = follow(node, ("kind",)).mark
                first_set = first_set or mark
                if first_set != mark:
                    message = f"there is already a PolicySet at {place(first_set)}"
                    hint = "keep one: it concerns all policies of all files"
                    yield Defect(mark, Fault(Reason.DUPLICATE_NAME, message, hint))
            case LoggingPolicy():
                pass
