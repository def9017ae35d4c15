"""Parse: texts to the set of policies, or to every problem of every text at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from controller.core.policy.across import problems_across
from controller.core.policy.document import PolicySetSpec, Statement
from controller.core.policy.duplicates import duplicates
from controller.core.policy.exception import PolicyException
from controller.core.policy.extends import inherit
from controller.core.policy.located import Located, problems_in
from controller.core.policy.manifest import statement_of
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.yaml.node import Defect, Mark, Node, ScalarNode
from controller.core.policy.yaml.read import Reading, read


@dataclass(frozen=True, slots=True)
class Parsed:
    """The policies, or the problems that keep all of them from being used."""

    policies: PolicySet | None
    problems: tuple[Problem, ...]


def parse(
    sources: Sequence[Source], *, known_rules: Collection[str], of_log_groups: Collection[str] = ()
) -> Parsed:
    """Return the policies that texts state, if nothing is wrong with any of them.

    `known_rules` are the ids that may stand under `rules`; those `of_log_groups` look at no
    container, so an exception from them alone can be for none. It raises nothing: whatever the
    texts hold, the answer says it, in the order of the files and of the places in them.
    """
    if not sources:
        return Parsed(None, (_no_file(),))
    files = {source.name: source for source in sources}
    readings = [(source.name, read(source.text, source.name)) for source in sources]
    stated, defects = _stated([one for _, one in readings], known_rules, of_log_groups)
    located = [Located(one, files, node) for one, node in stated if isinstance(one, LoggingPolicy)]
    found = [
        *problems_in(files, [*defects, *_empty(readings), *duplicates(stated)]),
        *problems_across(located),
    ]
    if not found:
        return Parsed(_policy_set([one for one, _ in stated]), ())
    position = {name: index for index, name in reversed([*enumerate(files)])}
    found.sort(key=lambda one: (position[one.file], one.line, one.column))
    return Parsed(None, tuple(found))


def _stated(
    readings: Iterable[Reading], known_rules: Collection[str], of_log_groups: Collection[str]
) -> tuple[list[tuple[Statement, Node]], list[Defect]]:
    """Return what the documents state, each with the document, and all that is wrong with them."""
    readings = tuple(readings)
    found = [defect for reading in readings for defect in reading.defects]
    spoiled = {defect.mark for defect in found}
    documents, wrong = inherit([one for reading in readings for one in _written(reading)])
    found.extend(wrong)
    stated: list[tuple[Statement, Node]] = []
    for document in documents:
        match statement_of(document, known_rules, of_log_groups):
            case tuple() as defects:  # what YAML already complained of is told once
                found.extend(defect for defect in defects if defect.mark not in spoiled)
            case statement:
                stated.append((statement, document))
    return stated, found


def _written(reading: Reading) -> Iterator[Node]:
    """Yield the documents that are not empty, as those between two `---` may be."""
    for one in reading.documents:
        if not (isinstance(one, ScalarNode) and one.value is None):
            yield one


def _policy_set(stated: Iterable[Statement]) -> PolicySet:
    stated = tuple(stated)
    concerning_all = next((one for one in stated if isinstance(one, PolicySetSpec)), None)
    return PolicySet.of(
        (one for one in stated if isinstance(one, LoggingPolicy)),
        (one for one in stated if isinstance(one, PolicyException)),
        (concerning_all or PolicySetSpec()).max_impact,
    )


def _empty(readings: Iterable[tuple[str, Reading]]) -> Iterator[Defect]:
    for name, reading in readings:
        if not (reading.defects or [*_written(reading)]):
            fault = Fault(Reason.NO_POLICIES, "the file holds no policy", "write one, or remove it")
            yield Defect(Mark(1, 1, name), fault)


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
