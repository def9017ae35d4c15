"""The search for leaks finds one that is planted: it can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leaks import leaks_in, leaks_under

ROOT = Path(__file__).parents[1]
SETTINGS = "[pytest]\nfilterwarnings = ignore\n"
CANARY = '"CANARY" + "-" + "a" * 12'
PRINTED = f"def test_it() -> None:\n    print({CANARY})\n"
WRITTEN = f"def test_it(tmp_path) -> None:\n    (tmp_path / 'f').write_text({CANARY})\n"
HARMLESS = "def test_it() -> None:\n    print('nothing')\n"


@pytest.mark.parametrize(
    ("planted", "code"),
    [
        pytest.param(PRINTED, 1, id="printed"),
        pytest.param(WRITTEN, 1, id="in a file"),
        pytest.param(HARMLESS, 0, id="nothing"),
    ],
)
def test_a_test_that_leaks_fails(planted: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(planted, "utf-8")
    (tmp_path / "pytest.ini").write_text(SETTINGS, "utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "conftest.py")

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )

    assert ended.returncode == code
    assert ("have leaked" in ended.stdout) is bool(code)


def test_a_canary_is_found_wherever_it_stands(tmp_path: Path) -> None:
    canary = "CANARY-0123456789ab"
    folder = tmp_path / "searched"
    folder.mkdir()
    path = folder / "file"
    path.write_bytes(b"\x00" + canary.encode() + b"\x00")

    assert leaks_in(f"a {canary} b {canary}") == (canary,)
    assert leaks_under(folder) == {path: (canary,)}
    path.unlink()
