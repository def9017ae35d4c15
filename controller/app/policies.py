"""Reading policies from files and directories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from controller.core.log_group.rules import RULES as LOG_GROUP_RULES
from controller.core.policy.parse import Parsed, parse
from controller.core.policy.problem import Problem, Reason, Source
from controller.core.service.rules import RULES as SERVICE_RULES

_ENDINGS = (".yaml", ".yml", ".json")
KNOWN_RULES = (
    *(rule.id for rule in SERVICE_RULES),
    *(rule.id for rule in LOG_GROUP_RULES),
)


def load(paths: Sequence[Path]) -> Parsed:
    """Return the policies of all *paths*, or every problem of every file.

    A directory stands for the YAML and JSON files in it, not for those in its folders. What
    cannot be read is a problem like any other.
    """
    sources: list[Source] = []
    unreadable: list[Problem] = []
    for path in _files(paths):
        read = _read(path)
        if isinstance(read, Source):
            sources.append(read)
        else:
            unreadable.append(read)
    if unreadable and not sources:
        return Parsed(None, tuple(unreadable))
    parsed = parse(sources, known_rules=KNOWN_RULES)
    problems = (*unreadable, *parsed.problems)
    return Parsed(None if problems else parsed.policies, problems)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix in _ENDINGS)
        else:
            yield path


def _read(path: Path) -> Source | Problem:
    try:
        return Source(str(path), path.read_bytes().decode("utf-8"))
    except OSError as error:
        return _problem(path, error.strerror or str(error))
    except UnicodeDecodeError as error:
        return _problem(path, f"byte {error.start} is not UTF-8")


def _problem(path: Path, message: str) -> Problem:
    return Problem(str(path), 1, 1, Reason.SYNTAX, f"cannot be read: {message}", None, "")
