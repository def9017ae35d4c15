"""Breaks the gates bit by bit in a copy of the tree, and shows the changes that no test notices.

Usage: python .ci/mutants.py [NAME...]    of some only: '*gates.wave.*'

What is mutated, and which tests judge it, says [tool.mutmut] of pyproject.toml. A change that no
test notices is killed by a test, or explained in tests/mutation/explained.toml. Changes of the
words of a sentence are counted apart: which words a person reads is not held by tests.
"""

from __future__ import annotations

import ast
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("controller", "tests")
EXPLAINED = ROOT / "tests/mutation/explained.toml"

# What mutmut notes down of a mutant: the exit code of pytest, or a number of its own.
FATES = {
    **dict.fromkeys((1, 3), "killed"),
    **dict.fromkeys((36, 24, -24, 152, 255), "endless"),
    **dict.fromkeys((5, 33), "untested"),
    0: "survived",
    37: "ill-typed",
}
DEAD = {"killed", "endless", "ill-typed"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: its name, the lines that it takes out, those that it puts there, its fate.

    `function` is where it was made, as `module:function`. `of_words`: of a sentence only.
    """

    name: str
    function: str
    was: str
    now: str
    fate: str
    of_words: bool

    def __str__(self) -> str:
        return f"{self.name}: {self.fate}\n  - {self.was}\n  + {self.now}\n"

    @property
    def change(self) -> tuple[str, str, str]:
        """What an explanation knows it by."""
        return self.function, self.was, self.now


def main(names: list[str]) -> int:
    """Run the mutants of these names, or all; print the survivors, and answer 1 if there are."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder)
        for part in COPIED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, tree / part, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", tree)
        if run(tree, names) != 0:
            return 2
        mutants = [*read(tree / "mutants")]
    return report(mutants, whole=not names)


def run(tree: Path, names: list[str]) -> int:
    """Let mutmut make and judge the mutants; its exit code."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *names]
    environment = {**os.environ, "PATH": path}
    return subprocess.call(command, cwd=tree, env=environment)  # noqa: S603 (the words are those above)


def read(mutated: Path) -> Iterator[Mutant]:
    """Yield what mutmut has found out; not those that it was not asked about."""
    for meta in sorted(mutated.glob("controller/**/*.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        source = meta.with_suffix("").read_text(encoding="utf-8")
        bodies = {
            one.name: ast.get_source_segment(source, one) or ""
            for one in ast.parse(source).body
            if isinstance(one, ast.FunctionDef)
        }
        for name, code in codes.items():
            if code is not None:
                function = name.rpartition(".")[2]
                original = bodies[function.rpartition("__")[0] + "__mutmut_orig"]
                yield mutant(name, original, bodies[function], FATES.get(code, f"exit code {code}"))


def mutant(name: str, original: str, changed: str, fate: str) -> Mutant:
    """Return what the second function has other than the first."""
    before, after = ([*map(str.strip, one.splitlines()[1:])] for one in (original, changed))
    found = [one for one in difflib.ndiff(before, after) if one[:2] in {"- ", "+ "}]
    was = " ".join(one[2:] for one in found if one[0] == "-")
    now = " ".join(one[2:] for one in found if one[0] == "+")
    module, _, mutated = name.rpartition(".")
    function = f"{module}:{mutated.removeprefix('x_').rpartition('__mutmut_')[0]}"
    of_words = without_words(original) == without_words(changed)
    return Mutant(name, function, was, now, fate, of_words)


def without_words(function: str) -> str:
    """Return all of a function but its name and its sentences: strings that hold a space."""
    tree = ast.parse(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.name = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            node.value = ""
    return ast.dump(tree)


def report(mutants: list[Mutant], *, whole: bool) -> int:
    """Print the survivors and the count; with *whole*, also explanations that nothing needs."""
    explained = {(one["function"], one["was"], one["now"]) for one in explanations()}
    alive = [one for one in mutants if one.fate not in DEAD and not one.of_words]
    left = [one for one in alive if one.change not in explained]
    needless = sorted(explained - {one.change for one in alive}) if whole else []
    dead = Counter(one.fate for one in mutants if one.fate in DEAD)
    of_words = sum(one.of_words and one.fate not in DEAD for one in mutants)
    shown = [*map(str, left), *(f"explained, and dead: {' | '.join(one)}\n" for one in needless)]
    told = ", ".join(f"{number} {fate}" for fate, number in sorted(dead.items()))
    sys.stdout.write("\n".join(["\n", *shown, f"{len(mutants)} mutants: {told}, "]))
    sys.stdout.write(f"{of_words} change words only, {len(alive) - len(left)} explained, ")
    sys.stdout.write(f"{len(left)} left\n")
    return 1 if left or needless else 0


def explanations() -> list[dict[str, str]]:
    """Return what a person has written of survivors that change nothing."""
    listed: list[dict[str, str]] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["mutant"]
    return listed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
