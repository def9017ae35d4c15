"""Reading what mutmut has found out: which lines a mutant changes, and whether more than words."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
BEFORE = """def gate(c):
    if not c.open:
        return c.refuse("Closed", "it is closed", "Open it.", again_in=c.watch)
    return None
"""
LINE = 'return c.refuse("Closed", "it is closed", "Open it.", again_in=c.watch)'


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that `make mutants` runs."""
    spec = importlib.util.spec_from_file_location("mutants", ROOT / ".ci/mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module  # where dataclasses look it up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("was", "now", "of_words"),
    [
        pytest.param('"it is closed"', '"XXit is closedXX"', True, id="a sentence"),
        pytest.param('"it is closed"', "None", False, id="no sentence at all"),
        pytest.param('"Closed"', '"CLOSED"', False, id="a code"),
        pytest.param("not c.open", "c.open", False, id="a condition"),
        pytest.param(", again_in=c.watch", "", False, id="an argument less"),
    ],
)
def test_what_changes_more_than_the_words_of_a_sentence_is_to_be_killed(
    script: ModuleType, was: str, now: str, *, of_words: bool
) -> None:
    found = script.mutant("a.b.x_gate__mutmut_3", BEFORE, BEFORE.replace(was, now), "survived")

    assert found.of_words is of_words
    assert found.function == "a.b:gate"


def test_a_mutant_is_known_by_the_lines_that_it_changes(script: ModuleType) -> None:
    changed = BEFORE.replace("c.watch", "None")
    found = script.mutant("a.b.x__gate__mutmut_12", BEFORE, changed, "survived")

    assert found.change == ("a.b:_gate", LINE, LINE.replace("c.watch", "None"))


@pytest.mark.parametrize(
    ("code", "fates"),
    [(0, ["survived"]), (1, ["killed"]), (37, ["ill-typed"]), (99, ["exit code 99"]), (None, [])],
)
def test_each_mutant_has_the_fate_that_mutmut_noted_down(
    script: ModuleType, tmp_path: Path, code: int | None, fates: list[str]
) -> None:
    folder = tmp_path / "controller"
    folder.mkdir()
    bodies = [BEFORE.replace("gate", name) for name in ("x_gate__mutmut_orig", "x_gate__mutmut_1")]
    (folder / "gate.py").write_text("\n".join(bodies), encoding="utf-8")
    noted = {"exit_code_by_key": {"controller.gate.x_gate__mutmut_1": code}}
    (folder / "gate.py.meta").write_text(json.dumps(noted), encoding="utf-8")

    assert [one.fate for one in script.read(tmp_path)] == fates
