"""Runs the named suites to the end, whatever fails on the way, and says what each one took.

Usage: python .ci/suites.py lint types contracts tests
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent

SUITES: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": (("ruff", "check"), ("ruff", "format", "--check")),
    "types": (("mypy",),),
    "contracts": (("lint-imports",),),
    "tests": (("pytest", "-q", "-n", "3", "--dist", "worksteal"),),
    "all-tests": (("pytest", "-q", "-n", "3", "--dist", "worksteal", "-m", "slow or not slow"),),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One suite: whether every command of it passed, and how long it took, in seconds."""

    suite: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"  {self.suite:<12}{'ok' if self.passed else 'FAILED':<8}{self.seconds:>7.1f} s"


def run(suite: str) -> Result:
    """Run all commands of a suite, also after one has failed."""
    started = time.monotonic()
    codes = [command(*words) for words in SUITES[suite]]
    return Result(suite, not any(codes), time.monotonic() - started)


def command(program: str, *arguments: str) -> int:
    """Run a program of this virtual environment, showing it as a shell would; its exit code."""
    sys.stdout.write(f"\n$ {program} {' '.join(arguments)}\n")
    sys.stdout.flush()
    return subprocess.call([BIN / program, *arguments])  # noqa: S603 (the words are those above)


def main(names: list[str]) -> int:
    """Run the suites of these names, print the table, and answer 1 when any failed."""
    unknown = [name for name in names if name not in SUITES]
    if unknown or not names:
        sys.stderr.write(f"suites: no such suite {unknown}; there are: {', '.join(SUITES)}\n")
        return 2
    results = [run(name) for name in names]
    python = ".".join(str(part) for part in sys.version_info[:3])
    total = sum(result.seconds for result in results)
    lines = [f"\nPython {python}", *map(str, results), f"  {'total':<20}{total:>7.1f} s", ""]
    sys.stdout.write("\n".join(lines))
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
