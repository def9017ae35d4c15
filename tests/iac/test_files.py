from __future__ import annotations

from pathlib import Path

from controller.core.policy.problem import Problem, Source
from controller.iac.files import files, missing, read


def test_a_directory_stands_for_the_json_files_in_it_and_in_its_folders(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "in/c.json", ".git/d.json", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [str(path.relative_to(tmp_path)) for path in files(tmp_path)]

    assert found == ["a.json", "b.json", "in/c.json"]


def test_a_file_stands_for_itself_whatever_its_name(tmp_path: Path) -> None:
    assert [*files(tmp_path / "x.txt")] == [tmp_path / "x.txt"]


def test_a_text_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xef\xbb\xbf{}")

    assert read(tmp_path / "x.json") == Source(str(tmp_path / "x.json"), "{}")


def test_what_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes("{}".encode("utf-16"))

    problem = read(tmp_path / "x.json")

    assert isinstance(problem, Problem)
    assert (problem.message, problem.hint) == (
        "cannot be read: byte 0 is not UTF-8",
        "save it as UTF-8",
    )


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    problem = read(tmp_path)

    assert isinstance(problem, Problem)
    assert problem.message == "cannot be read: Is a directory"


def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    source = read(Path("/dev/zero"), largest=1000)

    assert isinstance(source, Source)
    assert len(source.text) == 1001


def test_paths_at_which_there_is_nothing_are_named(tmp_path: Path) -> None:
    absent = [tmp_path / "x", Path("x" * 5000)]

    assert missing([tmp_path, *absent, Path("-")]) == absent
