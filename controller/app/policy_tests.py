"""Finding the tests of policies, and running them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from controller.app.offline import open_inventory
from controller.app.policies import TEST_ENDINGS, load
from controller.core.document.json import Document
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.parse import Parsed
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Reason
from controller.core.policy_test.model import Given
from controller.core.policy_test.parse import PolicyTest, parse
from controller.core.policy_test.run import Tested, compared, run, untested
from controller.core.policy_test.saved import saved
from controller.iac.files import read
from controller.iac.taskdef import TaskDefinitionText, task_definitions


@dataclass(slots=True)
class Ran:
    """What came of all cases, and every problem that kept files from being read."""

    tested: list[Tested] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    untested: list[str] = field(default_factory=list)
    failed: dict[Path, list[tuple[int, int, Tested]]] = field(default_factory=dict)


def run_tests(paths: Sequence[Path]) -> Ran:
    """Run the tests of files, or of directories and the folders in them.

    `failed` are, by file, the cases that could be judged and came out otherwise, each with the
    number of its document and its own, from 0.
    """
    ran, sources = Ran(), _Sources()
    for path in paths:
        files = [*_files(path)]
        if not files:
            told, hint = "the directory holds no test", f"put in a file *{', *'.join(TEST_ENDINGS)}"
            ran.problems.append(Problem(str(path), 1, 1, Reason.MISSING_KEY, told, hint, ""))
        for file in files:
            _run_file(file, sources, ran)
    ran.problems.extend(sources.problems)
    for parsed in sources.valid:
        ran.untested.extend(untested(parsed, ran.tested))
    return ran


@dataclass(slots=True)
class _Sources:
    """What tests name: policies and inventories, read once however many name them."""

    _read: dict[tuple[Path, ...], Parsed] = field(default_factory=dict)
    _inventories: dict[Path, InventoryFile | tuple[Problem, ...]] = field(default_factory=dict)

    def inventory(self, path: Path) -> InventoryFile | tuple[Problem, ...]:
        """Return the inventory in a file, or everything that is wrong with the file."""
        if path not in self._inventories:
            self._inventories[path] = open_inventory(path)
        return self._inventories[path]

    def policies(self, test: PolicyTest) -> PolicySet | None:
        """Return the policies that a test names; None where they are not valid."""
        paths = _policies_of(test)
        if paths not in self._read:
            self._read[paths] = load(paths)
        return self._read[paths].policies

    @property
    def problems(self) -> list[Problem]:
        """Every problem of every set, once."""
        return [*dict.fromkeys(one for parsed in self._read.values() for one in parsed.problems)]

    @property
    def valid(self) -> list[PolicySet]:
        """The sets that are valid."""
        return [one.policies for one in self._read.values() if one.policies is not None]


def _policies_of(test: PolicyTest) -> tuple[Path, ...]:
    """Return what a test names; else the file beside it: `x.yaml` for `x.test.yaml`."""
    file = Path(test.file)
    if test.spec.policies is not None:
        return tuple(file.parent / one for one in test.spec.policies)
    beside = file.with_name(file.name.replace(".test.", ".", 1))
    return (beside if beside.is_file() else file.parent,)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(TEST_ENDINGS))


def _run_file(file: Path, sources: _Sources, ran: Ran) -> None:
    source = read(file)
    tests: tuple[PolicyTest | Problem, ...]
    tests = (source,) if isinstance(source, Problem) else parse(source)
    for number, test in enumerate(tests):
        if isinstance(test, Problem):
            ran.problems.append(test)
            continue
        if (governing := sources.policies(test)) is None:
            continue
        for index in range(len(test.spec.cases)):
            one = _tested(test, index, governing, sources)
            ran.tested.append(one)
            if one.mismatches:
                ran.failed.setdefault(file, []).append((number, index, one))


def _tested(test: PolicyTest, index: int, policies: PolicySet, sources: _Sources) -> Tested:
    case, place = test.case(index), test.place(index, "name")
    described = _described(Path(test.file).parent, case.given, sources)
    if isinstance(described, str) or case.date is None:
        told = described if isinstance(described, str) else "it has no date"
        return Tested(test.name, case.name, place, unjudged=told)
    given, document = described
    actual = run(given, document, policies, case.date, place)
    return compared(test.name, case, actual, place)


def _described(beside: Path, given: Given, sources: _Sources) -> tuple[Given, Document] | str:
    """Return what is known of the service of a case, and its task definition; or why it is not."""
    if given.task_definition is not None:
        return given, given.task_definition
    if given.file is not None:
        source = read(beside / given.file)
        held = source if isinstance(source, Problem) else task_definitions(source)
        document = _only(given.file, held)
        return document if isinstance(document, str) else (given, document)
    if given.inventory is not None:
        inventory = sources.inventory(beside / given.inventory)
        if isinstance(inventory, tuple):
            return f"{given.inventory}: {inventory[0].message}"
        return saved(given, inventory)
    return "no task definition is given: taskDefinition, file or inventory"


def _only(
    file: str, held: Problem | tuple[TaskDefinitionText, ...] | tuple[Problem, ...]
) -> Document | str:
    several = (held,) if isinstance(held, Problem) else held
    for one in several:
        if isinstance(one, Problem):
            return f"{file}: {one.message}"
        if len(several) == 1:
            return one.document
    return f"{file} holds no single task definition"
