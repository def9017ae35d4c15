from __future__ import annotations

from dataclasses import replace

from controller.core.policy.parse import parse
from controller.core.policy.problem import Problem, Reason, Source
from controller.report.problems import render

PROBLEM = Problem(
    "p.yaml", 5, 9, Reason.INVALID_VALUE, "`Enforc` is no mode", "did you mean Enforce?", ""
)


def test_a_problem_has_its_place_its_line_a_caret_and_a_hint() -> None:
    assert (
        render([replace(PROBLEM, shown="  mode: Enforc")])
        == """\
p.yaml:5:9: InvalidValue: `Enforc` is no mode
  5 |   mode: Enforc
    |         ^
  did you mean Enforce?

1 problem in 1 file.
"""
    )


def test_a_problem_without_a_line_shows_none() -> None:
    assert "|" not in render([PROBLEM])


def test_the_caret_stands_below_its_character_though_others_are_wide() -> None:
    shown = render([replace(PROBLEM, shown="日本: x", column=5)]).splitlines()

    assert shown[2] == "    |       ^"


def test_a_tab_takes_one_place_above_the_caret() -> None:
    shown = render([replace(PROBLEM, shown="\tx: y", column=2)]).splitlines()

    assert shown[1:3] == ["  5 |  x: y", "    |  ^"]


def test_of_a_long_line_the_surroundings_of_the_place_are_shown() -> None:
    shown = render([replace(PROBLEM, shown="a" * 100 + "!" + "b" * 50, column=101)]).splitlines()

    assert max(map(len, shown)) <= 80
    assert shown[1][shown[2].index("^")] == "!"


def test_a_place_beyond_what_is_shown_has_no_caret() -> None:
    assert "^" not in render([replace(PROBLEM, shown="a" * 160, column=400)])


def test_what_a_file_holds_cannot_command_the_terminal() -> None:
    text = render([replace(PROBLEM, shown="\x1b[2J: x", message="\x1b[31m", file="a\nb")])

    assert "\x1b" not in text
    assert text.startswith("a b:5:9: ")


def test_in_minified_json_the_line_and_the_caret_stand_at_the_problem() -> None:
    text = f'{{"apiVersion": "{"x" * 500}", "kind": "LoggingPolicy", "metadta": 1}}'
    found = parse([Source("p.json", text)], known_rules=()).problems
    (problem,) = [one for one in found if one.reason is Reason.UNKNOWN_KEY]
    shown = render([problem]).splitlines()

    assert shown[1][shown[2].index("^") :].startswith('"metadta"')
