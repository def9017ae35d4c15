"""Which files a path stands for, and their text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from controller.core.policy.problem import Problem, Reason, Source
from controller.core.policy.yaml.read import MAX_BYTES

STANDARD_INPUT: Final = Path("-")


def files(path: Path) -> Iterator[Path]:
    """Yield the files that *path* stands for: itself, or the JSON files of a directory.

    The folders of a directory are gone through as well, hidden ones left out, in order of name.
    Raises OSError where a directory cannot be listed.
    """
    if path == STANDARD_INPUT or not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".json"))


def _raise(error: OSError) -> None:
    raise error


def read(path: Path, *, largest: int = MAX_BYTES) -> Source | Problem:
    """Return the text of a file, or why it cannot be read; `-` is standard input.

    No more than *largest* bytes and one are taken: whoever parses the text refuses that one.
    """
    name = "(standard input)" if path == STANDARD_INPUT else str(path)
    try:
        return Source(name, _bytes(path, largest + 1).decode("utf-8-sig"))
    except OSError as error:
        return unreadable(name, error.strerror or type(error).__name__)
    except UnicodeDecodeError as error:
        return unreadable(name, f"byte {error.start} is not UTF-8", "save it as UTF-8")


def _bytes(path: Path, most: int) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(most)
    with path.open("rb") as file:
        return file.read(most)


def unreadable(name: str, message: str, hint: str | None = None) -> Problem:
    """Return the problem of a file that cannot be read at all."""
    return Problem(name, 1, 1, Reason.SYNTAX, f"cannot be read: {message}", hint, "")


def missing(paths: Iterable[Path]) -> list[Path]:
    """Return those of the paths at which there is nothing."""
    return [path for path in paths if path != STANDARD_INPUT and not _is_there(path)]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # such as a name that no file can have
        return False
