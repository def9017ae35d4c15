"""Located: a policy together with the text that states it, so that problems find their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.problem import Fault, Problem, Source
from controller.core.policy.yaml.node import Defect, Entry, Node, follow
from controller.core.policy.yaml.syntax import lines

LONGEST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Located:
    """A policy, its file, and the document there."""

    policy: LoggingPolicy
    source: Source
    node: Node

    def entry(self, *path: str) -> Entry:
        """Return what stands at a path, or the nearest to it where the policy says nothing."""
        return follow(self.node, path)

    def place(self, *path: str) -> str:
        """Return where a path stands, as people and editors write it: `file:line:column`."""
        mark = self.entry(*path).mark
        return f"{self.source.name}:{mark.line}:{mark.column}"

    def problem(self, fault: Fault, *path: str) -> Problem:
        """Return a fault of the policy as a problem at a path."""
        (problem,) = problems(self.source, [Defect(self.entry(*path).mark, fault)])
        return problem


def problems(source: Source, defects: Iterable[Defect]) -> tuple[Problem, ...]:
    """Return the defects of a text as problems, in the order of their places.

    What an alias repeats is told once.
    """
    shown = lines(source.text)
    found = (
        Problem(
            file=source.name,
            line=defect.mark.line,
            column=defect.mark.column,
            reason=defect.fault.reason,
            message=defect.fault.message,
            hint=defect.fault.hint,
            shown=shown[defect.mark.line - 1].rstrip()[:LONGEST_SHOWN],
        )
        for defect in sorted(defects, key=lambda defect: defect.mark)
    )
    return tuple(dict.fromkeys(found))
