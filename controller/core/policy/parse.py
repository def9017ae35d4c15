"""Parse: texts to the set of policies, or to every problem of every text at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from controller.core.policy.across import problems_across
from controller.core.policy.located import Located, problems
from controller.core.policy.manifest import policy_of
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.yaml.node import Defect, Mark, Node, ScalarNode
from controller.core.policy.yaml.read import read


@dataclass(frozen=True, slots=True)
class Parsed:
    """The policies, or the problems that keep all of them from being used."""

    policies: PolicySet | None
    problems: tuple[Problem, ...]


def parse(sources: Sequence[Source], *, known_rules: Collection[str]) -> Parsed:
    """Return the policies that texts state, if nothing is wrong with any of them.

    `known_rules` are the ids that may stand under `rules`. It raises nothing: whatever the texts
    hold, the answer says it, in the order of the files and of the places in them.
    """
    located: list[Located] = []
    found: list[Problem] = [] if sources else [_no_file()]
    for source in sources:
        policies, wrong = _parse_one(source, known_rules)
        located.extend(policies)
        found.extend(wrong)
    found.extend(problems_across(located))
    if not found:
        return Parsed(PolicySet.of(one.policy for one in located), ())
    position = {source.name: index for index, source in reversed([*enumerate(sources)])}
    found.sort(key=lambda one: (position.get(one.file, 0), one.line, one.column))
    return Parsed(None, tuple(found))


def _parse_one(
    source: Source, known_rules: Collection[str]
) -> tuple[list[Located], tuple[Problem, ...]]:
    reading = read(source.text)
    documents = [document for document in reading.documents if not _is_empty(document)]
    located: list[Located] = []
    wrong: list[Defect] = [*reading.defects]
    spoiled = {defect.mark for defect in reading.defects}
    for document in documents:
        match policy_of(document, known_rules):
            case LoggingPolicy() as policy:
                located.append(Located(policy, source, document))
            case defects:  # what YAML already complained of is not worth a second complaint
                wrong.extend(defect for defect in defects if defect.mark not in spoiled)
    if not documents and not wrong:
        fault = Fault(Reason.NO_POLICIES, "the file holds no policy", "write one, or remove it")
        wrong.append(Defect(Mark(1, 1), fault))
    return located, problems(source, wrong)


def _is_empty(document: Node) -> bool:
    return isinstance(document, ScalarNode) and document.value is None


def _no_file() -> Problem:
    return Problem(
        file="(no file)",
        line=1,
        column=1,
        reason=Reason.NO_POLICIES,
        message="no policy was given",
        hint="name a file, or a directory that holds one",
        shown="",
    )
