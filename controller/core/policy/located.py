"""Located: a policy together with the text that states it, so that problems find their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.problem import Fault, Problem, Source
from controller.core.policy.yaml.node import Defect, Entry, Mark, Node, follow
from controller.core.policy.yaml.syntax import lines


@dataclass(frozen=True, slots=True)
class Located:
    """A policy, the document that states it, and the files, by name, from which that comes.

    What a policy takes over from one that it extends has its place where the other states it.
    """

    policy: LoggingPolicy
    files: Mapping[str, Source]
    node: Node

    def entry(self, *path: str) -> Entry:
        """Return what stands at a path, or the nearest to it where the policy says nothing."""
        return follow(self.node, path)

    def place(self, *path: str) -> str:
        """Return where a path stands, as people and editors write it: `file:line:column`."""
        return place(self.entry(*path).mark)

    def problem(self, fault: Fault, *path: str) -> Problem:
        """Return a fault of the policy as a problem at a path."""
        (problem,) = problems_in(self.files, [Defect(self.entry(*path).mark, fault)])
        return problem


def place(mark: Mark) -> str:
    """Return where a mark stands, as people and editors write it: `file:line:column`."""
    return f"{mark.file}:{mark.line}:{mark.column}"


def problems(source: Source, defects: Iterable[Defect]) -> tuple[Problem, ...]:
    """Return the defects of one text, whose marks name no file, as problems: see `problems_in`."""
    return problems_in({"": source}, defects)


def problems_in(files: Mapping[str, Source], defects: Iterable[Defect]) -> tuple[Problem, ...]:
    """Return the defects of some texts as problems, in the order of their places.

    *files* are the texts by what marks call them. What an alias repeats, or is taken over by
    others, is told once.
    """
    found = dict.fromkeys(sorted(defects, key=lambda defect: defect.mark))
    shown = {name: lines(files[name].text) for name in {one.mark.file for one in found}}
    return tuple(
        Problem(
            file=files[defect.mark.file].name,
            line=defect.mark.line,
            column=defect.mark.column,
            reason=defect.fault.reason,
            message=defect.fault.message,
            hint=defect.fault.hint,
            shown=shown[defect.mark.file][defect.mark.line - 1].rstrip(),
        )
        for defect in found
    )
