"""What must hold for the files of the repository: nothing of one machine, and locks that lock."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
WHOLE, RUNTIME = ROOT / "requirements.lock", ROOT / "requirements-runtime.lock"
MUTATION = ROOT / "requirements-mutation.lock"
EACH = pytest.mark.parametrize("lock", [WHOLE, RUNTIME, MUTATION], ids=lambda lock: lock.name)

# The brackets keep this file from finding itself.
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/([w]ork|[r]oot|[h]ome|[U]sers)/")
HOST_OF_PACKAGES = re.compile(r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s|deb[i]an\.org")


def lines_of_the_repository() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every line that is, or is about to be, committed."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone: only git knows which files belong to the repository")
    command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
                yield f"{name}:{number}", line


@pytest.mark.parametrize("pattern", [OF_ONE_MACHINE, HOST_OF_PACKAGES], ids=["path", "host"])
def test_no_file_names_a_path_of_one_machine_or_a_host_of_packages(
    pattern: re.Pattern[str],
) -> None:
    lines = lines_of_the_repository()

    assert [f"{place}: {line[:120]}" for place, line in lines if pattern.search(line)] == []


def locked(lock: Path) -> list[Requirement]:
    """Return what a lock pins; a package may stand there twice, for different Pythons."""
    pins = re.findall(r"^(\w.*?) \\$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return [Requirement(pin) for pin in pins]


@EACH
def test_a_lock_names_no_host_and_sets_no_option(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if "://" in line or "file:" in line or line[:1] == "-"] == []


@EACH
def test_a_lock_has_a_hash_for_every_pin(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert len(blocks) == len(locked(lock)) > 0
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("lock", "extras"),
    [(WHOLE, ("sandbox", "dev")), (RUNTIME, ()), (MUTATION, ("mutation",))],
    ids=["whole", "runtime", "mutation"],
)
def test_a_lock_gives_what_the_project_asks_for(lock: Path, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]

    for wish in map(Requirement, asked):
        name = wish.name.replace(".", "-")
        pins = [pin for pin in locked(lock) if pin.name == name]
        assert pins, f"{lock.name} lacks {name}; renew it: make lock"
        assert all(
            wish.specifier.contains(specifier.version)
            for pin in pins
            for specifier in pin.specifier
        ), f"{lock.name} pins {pins}, but {wish} is asked for; renew it: make lock"


def test_the_image_gets_what_was_tested() -> None:
    tested = {str(pin) for pin in locked(WHOLE)}

    assert [pin for pin in map(str, locked(RUNTIME)) if pin not in tested] == []


def test_mutants_are_judged_by_what_is_tested_with() -> None:
    tested = {pin.name: str(pin.specifier) for pin in locked(WHOLE)}

    other = [
        pin
        for pin in locked(MUTATION)
        if tested.get(pin.name, str(pin.specifier)) != str(pin.specifier)
    ]
    assert other == []
