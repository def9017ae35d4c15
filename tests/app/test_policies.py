"""Reading policies from files: whatever cannot be read is a problem with the name of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.app.policies import load, read
from controller.core.policy.problem import Problem, Source
from controller.core.rules import RULES
from tests.core.policy.test_documents import EXCEPTION, OF_SOME
from tests.core.policy.written import SMALLEST


def problem(path: Path) -> str:
    """Return the one problem that there is with a path."""
    (one,) = load([path]).problems
    return str(one)


def test_a_directory_stands_for_the_yaml_and_json_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.json", "c.yml", "notes.md"):
        (tmp_path / name).write_text(name, "utf-8")

    assert read([tmp_path]) == tuple(
        Source(str(tmp_path / name), name) for name in ("a.json", "b.yaml", "c.yml")
    )


@pytest.mark.parametrize("name", [".a.yaml.swp.yaml", "..data.yaml", ".hidden.json"])
def test_hidden_files_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").write_text(SMALLEST, "utf-8")
    (tmp_path / name).write_text("half a copy: [", "utf-8")

    assert load([tmp_path]).problems == ()


def test_a_file_that_is_named_is_read_though_it_is_hidden_or_named_otherwise(
    tmp_path: Path,
) -> None:
    hidden = tmp_path / ".policy"
    hidden.write_text(SMALLEST, "utf-8")

    assert load([hidden]).problems == ()


def test_a_directory_without_policies_is_a_problem_beside_one_that_has_some(
    tmp_path: Path,
) -> None:
    good, empty = tmp_path / "good", tmp_path / "empty"
    good.mkdir()
    empty.mkdir()
    (good / "a.yaml").write_text(SMALLEST, "utf-8")

    parsed = load([good, empty])

    assert parsed.policies is None
    assert [one.file for one in parsed.problems] == [str(empty)]


def test_every_rule_of_log_groups_is_known_to_look_at_no_container(tmp_path: Path) -> None:
    exception = tmp_path / "exception.yaml"
    for rule in (one.id for one in RULES if one.kind == "log-group"):
        text = EXCEPTION.replace("[log-driver]", f"[{rule}]") + OF_SOME
        exception.write_text(text, "utf-8")
        assert "of no container" in problem(exception)


def test_a_name_that_is_too_long_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be read: File name too long" in problem(tmp_path / ("x" * 300))


def test_a_name_below_a_file_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(SMALLEST, "utf-8")

    assert "cannot be read: Not a directory" in problem(file / "b.yaml")


def test_links_that_lead_nowhere_or_in_a_circle_are_problems(tmp_path: Path) -> None:
    (tmp_path / "nowhere.yaml").symlink_to("gone")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")

    told = [str(one) for one in read([tmp_path]) if isinstance(one, Problem)]

    assert [one.split("cannot be read: ")[1] for one in told] == [
        "Too many levels of symbolic links",
        "No such file or directory",
    ]


def test_a_folder_that_is_named_like_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()

    assert "cannot be read: Is a directory" in problem(tmp_path)


def test_of_a_file_without_end_only_so_much_is_read_that_it_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "endless.yaml").symlink_to("/dev/zero")

    assert "TooLarge: the file is larger than 1 MiB" in problem(tmp_path)


def test_a_large_file_is_too_large_wherever_it_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes("ä".encode() * 2**20)

    assert "TooLarge" in problem(file)
