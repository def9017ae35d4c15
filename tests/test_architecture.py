"""What must hold for the source as a whole: sizes, names, a pure core, nothing done at import.

Who may import whom is import-linter's to say: see the contracts in pyproject.toml.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "controller").rglob("*.py"))
CORE = [module for module in MODULES if module.is_relative_to(ROOT / "controller/core")]
NOT_VERBS = [module for module in MODULES if not module.is_relative_to(ROOT / "controller/cli")]

LONGEST = 300
VAGUE = {"base", "common", "helpers", "manager", "misc", "shared", "util", "utils"}


def name_of(path: Path) -> str:
    """Return the path as a person writes it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(module: Path) -> ast.Module:
    """Return the syntax of a module."""
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def places(modules: list[Path], is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    """Return where anything wrong stands, as an editor opens it."""
    return [
        f"{name_of(module)}:{getattr(node, 'lineno', 1)}"
        for module in modules
        for node in ast.walk(tree_of(module))
        if is_wrong(node)
    ]


def called(node: ast.AST) -> str:
    """Return the dotted name of what a node calls; empty for anything else."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


def test_no_file_is_longer_than_a_subject(capsys: pytest.CaptureFixture[str]) -> None:
    lengths = {
        name_of(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES
    }

    median = statistics.median(lengths.values())
    with capsys.disabled():
        sys.stdout.write(f" [{len(lengths)} files, median {median:.0f} lines] ")
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_file_says_in_its_name_what_lives_there() -> None:
    names = [module.relative_to(ROOT).with_suffix("") for module in MODULES]

    assert [name for name in names if VAGUE & set(name.parts)] == []


def test_every_module_begins_with_a_sentence() -> None:
    first = {module: ast.get_docstring(tree_of(module)) or "" for module in MODULES}

    sentence = re.compile(r"[.:?]$", re.MULTILINE)
    assert [name_of(module) for module, text in first.items() if not sentence.search(text)] == []


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {module.parent for module in MODULES}

    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


# ── a pure core ───────────────────────────────────────────────────────────────────────────────────

CLOCK = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today)$")
DOOR = re.compile(r"^(open|print|input|breakpoint|exec|eval)$|\.(read|write)_(text|bytes)$")


def test_core_never_awaits() -> None:
    awaits = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)

    assert places(CORE, lambda node: isinstance(node, awaits)) == []


def test_core_never_reads_a_clock() -> None:
    assert places(CORE, lambda node: bool(CLOCK.search(called(node)))) == []


def test_core_never_opens_a_file_or_prints() -> None:
    assert places(CORE, lambda node: bool(DOOR.search(called(node)))) == []


# ── nothing happens at import, and only verbs speak ───────────────────────────────────────────────

HOLDS_THE_WORLD = re.compile(
    r"\b(open|getenv|environ\.get|getLogger|get_logger|client|resource|[A-Za-z]*Session|Console"
    r"|Lock|Semaphore|Event|Queue|Thread|local)$"
)


def test_importing_a_module_does_nothing() -> None:
    deeds = [
        f"{name_of(module)}:{statement.lineno}"
        for module in MODULES
        for statement in deeds_of(tree_of(module))
    ]

    assert deeds == []


def deeds_of(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements of a module that do more than define."""
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                pass  # a docstring
            case ast.Expr() | ast.For() | ast.While() | ast.With() | ast.Try():
                yield statement
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                if is_empty_registry(value) or HOLDS_THE_WORLD.search(called(value)):
                    yield statement
            case _:
                pass  # imports and definitions


def is_empty_registry(value: ast.expr) -> bool:
    """Say whether a value is there to be filled by others."""
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Name(id="dict" | "list" | "set"), args=[], keywords=[]):
            return True
        case _:
            return called(value).endswith("defaultdict")


def test_only_verbs_print() -> None:
    assert places(NOT_VERBS, lambda node: called(node) == "print") == []


# ── Audit cannot write, by type ───────────────────────────────────────────────────────────────────

MAY_NAME_WRITERS = ("controller/act.py", "controller/app/", "controller/aws/", "controller/ports/")


def test_only_who_acts_constructs_or_implements_imports_a_writer() -> None:
    others = [module for module in MODULES if not name_of(module).startswith(MAY_NAME_WRITERS)]

    assert places(others, imports_a_writer) == []


def imports_a_writer(node: ast.AST) -> bool:
    """Say whether a node is an import of a port that can change something in AWS."""
    return (
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("controller.ports")
        and any(name.name.endswith("Writer") for name in node.names)
    )
