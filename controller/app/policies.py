"""Reading policies from files and directories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from controller.core.log_group.rules import RULES as LOG_GROUP_RULES
from controller.core.policy.parse import Parsed, parse
from controller.core.policy.problem import Problem, Reason, Source
from controller.core.policy.yaml.read import MAX_BYTES
from controller.core.rules import RULES
from controller.policy_source import Reading

_ENDINGS: Final = (".yaml", ".yml", ".json")
TEST_ENDINGS: Final = tuple(f".test{ending}" for ending in _ENDINGS)

KNOWN_RULES = tuple(rule.id for rule in RULES)
OF_LOG_GROUPS = tuple(rule.id for rule in LOG_GROUP_RULES)


def load(paths: Sequence[Path]) -> Parsed:
    """Return the policies of all *paths*, or every problem of every file; see `read`."""
    return parsed(read(paths))


@dataclass(frozen=True, slots=True)
class PolicyFiles:
    """Policies in files and directories, as they are watched: a slow disk holds up nobody else."""

    paths: Sequence[Path]

    async def read(self) -> Reading:
        return await asyncio.to_thread(read, self.paths)

    async def parse(self, reading: Reading) -> Parsed:
        return await asyncio.to_thread(parsed, reading)


def read(paths: Sequence[Path]) -> Reading:
    """Return the texts of all *paths*; what cannot be read is a problem like any other.

    A directory stands for the YAML and JSON files in it, not for those in its folders, nor for
    tests of policies (*.test.yaml), nor for hidden ones: Kubernetes keeps the versions of a
    ConfigMap in folders whose names begin with dots, and editors their copies in such files. A
    directory without any file is a problem.
    """
    return tuple(one for path in paths for one in _read_all(path))


def parsed(reading: Reading) -> Parsed:
    """Return the policies that the texts state, or every problem that there is with them."""
    sources = [one for one in reading if isinstance(one, Source)]
    unreadable = tuple(one for one in reading if isinstance(one, Problem))
    if unreadable and not sources:
        return Parsed(None, unreadable)
    result = parse(sources, known_rules=KNOWN_RULES, of_log_groups=OF_LOG_GROUPS)
    problems = (*unreadable, *result.problems)
    return Parsed(None if problems else result.policies, problems)


def _read_all(path: Path) -> Iterator[Source | Problem]:
    try:
        inside = sorted(path.iterdir())
    except NotADirectoryError:
        yield _read(path)
    except OSError as error:
        yield _unreadable(path, error.strerror or str(error))
    else:
        files = [one for one in inside if _is_of_policies(one.name)]
        yield from map(_read, files)
        if not files:
            told, hint = "the directory holds no policy", f"put in a file *{', *'.join(_ENDINGS)}"
            yield Problem(str(path), 1, 1, Reason.NO_POLICIES, told, hint, "")


def _is_of_policies(name: str) -> bool:
    """Tell whether a file of this name in a directory holds policies, rather than their tests."""
    return name.endswith(_ENDINGS) and not name.startswith(".") and not name.endswith(TEST_ENDINGS)


def _read(path: Path) -> Source | Problem:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # enough for the parser to say that it is too large
        too_large = len(content) > MAX_BYTES
        return Source(str(path), content.decode("utf-8", "replace" if too_large else "strict"))
    except OSError as error:
        return _unreadable(path, error.strerror or str(error))
    except UnicodeDecodeError as error:
        return _unreadable(path, f"byte {error.start} is not UTF-8")


def _unreadable(path: Path, message: str) -> Problem:
    return Problem(str(path), 1, 1, Reason.SYNTAX, f"cannot be read: {message}", None, "")
