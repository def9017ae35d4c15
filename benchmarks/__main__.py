"""`make bench`: prints each benchmark's ratio, with what is divided by what."""

from __future__ import annotations

import sys

from benchmarks.audit import audit_against_bare_calls
from benchmarks.judge import judging_against_parsing


def main() -> None:
    """Run every benchmark once and print its line."""
    for benchmark in (judging_against_parsing, audit_against_bare_calls):
        sys.stdout.write(f"{benchmark()}\n")


main()
