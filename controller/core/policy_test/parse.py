"""A text to the tests of policies that it states, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from controller.core.document.unresolved import Span
from controller.core.policy.located import problems
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.refusals import defects
from controller.core.policy.yaml.node import (
    Defect,
    MappingNode,
    Mark,
    Node,
    ScalarNode,
    follow,
    plain,
)
from controller.core.policy.yaml.read import read
from controller.core.policy_test.model import KIND, Case, PolicyTestDocument, PolicyTestSpec


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """A test as it stands in a file."""

    file: str
    name: str
    spec: PolicyTestSpec
    node: Node = field(repr=False)

    def place(self, case: int, *path: str) -> Span:
        """Return where *path* of a case stands, counted from 0, or the nearest to it."""
        mark = follow(self.node, ("spec", "cases", case, *path)).mark
        return Span(self.file, mark.line, mark.column)

    def case(self, index: int) -> Case:
        """Return a case, counted from 0, with what all cases share."""
        case = self.spec.cases[index]
        return case.model_copy(
            update={
                "given": case.given.over(self.spec.given),
                "date": case.date or self.spec.date,
            }
        )


def parse(source: Source) -> tuple[PolicyTest | Problem, ...]:
    """Return the tests that a text states, or every problem that there is with it.

    No problem shows a line of the text: environment values may stand there.
    """
    reading = read(source.text)
    found, tests = [*reading.defects], []
    spoiled = {defect.mark for defect in reading.defects}
    documents = [one for one in reading.documents if not _is_empty(one)]
    for document in documents:
        test = _parsed(source, document)
        if isinstance(test, PolicyTest):
            tests.append(test)
        else:
            found.extend(one for one in test if one.mark not in spoiled)
    if not documents and not found:
        hint = f"write a document of kind {KIND}, or remove the file"
        fault = Fault(Reason.MISSING_KEY, "the file holds no test", hint)
        found.append(Defect(Mark(1, 1), fault))
    if found:
        return tuple(replace(one, shown="") for one in problems(source, found))
    return tuple(tests)


def _is_empty(document: Node) -> bool:
    return isinstance(document, ScalarNode) and document.value is None


def _parsed(source: Source, node: Node) -> PolicyTest | tuple[Defect, ...]:
    if not isinstance(node, MappingNode):
        message = "a test is a mapping with apiVersion, kind, metadata and spec"
        return (Defect(node.mark, Fault(Reason.INVALID_VALUE, message)),)
    try:
        document = PolicyTestDocument.model_validate(plain(node), by_alias=True, by_name=False)
    except ValidationError as error:
        return tuple(defects(error, node, PolicyTestDocument))
    return PolicyTest(source.name, document.metadata.name, document.spec, node)
