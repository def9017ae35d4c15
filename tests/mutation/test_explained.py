"""Every explained mutant is one of the code as it is, and is explained."""

from __future__ import annotations

import importlib
import inspect
import tomllib
from pathlib import Path

import pytest

LISTED = tomllib.loads((Path(__file__).parent / "explained.toml").read_text(encoding="utf-8"))
MUTANTS: list[dict[str, str]] = LISTED["mutant"]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one['function']} {one['now']}")
def test_an_explained_mutant_changes_a_line_that_is_there(mutant: dict[str, str]) -> None:
    module, _, function = mutant["function"].partition(":")
    source = inspect.getsource(getattr(importlib.import_module(module), function))

    assert on_one_line(mutant["was"]) in on_one_line(source), "remove it from explained.toml"
    assert mutant["was"] != mutant["now"]
    assert mutant["because"]


def test_no_mutant_is_explained_twice() -> None:
    known = [(one["function"], one["was"], one["now"]) for one in MUTANTS]

    assert len(known) == len({*known})
