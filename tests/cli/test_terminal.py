from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import policy_in


def on_a_terminal(*arguments: str | Path, **env: str) -> str:
    """Return what the program shows on a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "controller", *map(str, arguments)]
    bare = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, env=bare | {"TERM": "xterm"} | env
    ) as ended:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        ended.wait()
    os.close(ours)
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_terminal_gets_colours(tmp_path: Path) -> None:
    assert "\x1b[" in on_a_terminal("policy", "validate", policy_in(tmp_path))


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colours_gets_none(tmp_path: Path, env: dict[str, str]) -> None:
    assert "\x1b[" not in on_a_terminal("policy", "validate", policy_in(tmp_path), **env)


def test_a_narrow_terminal_gets_narrow_lines(tmp_path: Path) -> None:
    policy = policy_in(tmp_path)
    text = policy.read_text().replace("small", "a-policy-of-a-rather-long-name-that-has-to-fold")
    policy.write_text(text)

    shown = on_a_terminal("policy", "validate", policy, NO_COLOR="1", COLUMNS="40")

    assert max(map(len, shown.splitlines())) <= 40
