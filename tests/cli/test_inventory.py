"""`inventory save` and `show`, and the verbs that take a saved inventory in place of AWS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from controller.cli import whole_file
from controller.core.inventory_file.model import Failure, InventoryFile, Key
from controller.core.inventory_file.text import text_of
from controller.errors import UsageError
from tests.cli.program import EMPTY_INVENTORY, Fleet, ecs_logging, policy_in
from tests.core.inventory_file.test_inventory_file import inventory
from tests.core.service.given import REF

DENIED = Failure("DeniedError", "ListServices", "AccessDenied", "no", "cluster/dark")
DARK = replace(EMPTY_INVENTORY, answers={Key(REF.region, "services", "dark"): DENIED})


def fleet_in(folder: Path, saved: InventoryFile | None = None) -> Path:
    """Write an inventory to a file, and return its path."""
    path = folder / "fleet.json"
    path.write_text(text_of(saved or inventory()), encoding="utf-8")
    return path


# ── save ──────────────────────────────────────────────────────────────────────────────────────────


def test_save_writes_the_file_and_says_how_much_is_in_it(tmp_path: Path) -> None:
    fleet = Fleet(inventory=inventory())

    result = ecs_logging("inventory", "save", tmp_path / "fleet.json", fleet=fleet)

    assert (result.exit_code, result.stdout) == (4, "")
    assert "fleet.json: 1 service; 1 question without an answer" in result.stderr
    assert (tmp_path / "fleet.json").read_text() == text_of(inventory())
    assert [path.name for path in tmp_path.iterdir()] == ["fleet.json"]


def test_what_could_not_be_read_makes_the_exit_code_4(tmp_path: Path) -> None:
    codes = [
        ecs_logging(
            "inventory", "save", tmp_path / "fleet.json", fleet=Fleet(inventory=one)
        ).exit_code
        for one in (EMPTY_INVENTORY, DARK)
    ]

    assert codes == [0, 4]


def test_save_needs_no_policy_and_takes_some(tmp_path: Path) -> None:
    fleet, file = Fleet(), tmp_path / "fleet.json"

    ecs_logging("inventory", "save", file, "--region", "eu-west-1", fleet=fleet)
    assert fleet.policies is None
    assert fleet.settings is not None
    assert fleet.settings.regions == ("eu-west-1",)

    ecs_logging("inventory", "save", file, "--policy", policy_in(tmp_path), fleet=fleet)
    assert fleet.policies is not None


def test_nothing_is_looked_at_where_no_file_could_be_written(tmp_path: Path) -> None:
    fleet = Fleet()

    result = ecs_logging("inventory", "save", tmp_path / "no" / "fleet.json", fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "there is no such directory" in result.stderr


def test_a_look_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "fleet.json"
    file.write_text("before")

    result = ecs_logging("inventory", "save", file, fleet=Fleet(error=UsageError("no Region")))

    assert (result.exit_code, result.stderr) == (2, "Error: no Region\n")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("fleet.json", "before")
    ]


def test_a_write_that_is_interrupted_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "fleet.json"
    file.write_text("before")

    def half(path: Path, text: str, **_: object) -> int:
        with path.open("w") as opened:
            opened.write(text[: len(text) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", half)
        with pytest.raises(KeyboardInterrupt):
            whole_file.write_whole(file, "after")

    assert [path.name for path in tmp_path.iterdir()] == ["fleet.json"]
    assert file.read_text() == "before"


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    link, file = tmp_path / "link.json", tmp_path / "fleet.json"
    link.symlink_to(file)

    whole_file.write_whole(link, "text")

    assert link.is_symlink()
    assert file.read_text() == "text"


# ── show ──────────────────────────────────────────────────────────────────────────────────────────


def test_show_lists_the_services_and_what_could_not_be_read(tmp_path: Path) -> None:
    result = ecs_logging("inventory", "show", fleet_in(tmp_path))

    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert told.startswith("1 service in 1 cluster. Taken 2026-11-22 12:00:00 UTC in eu-central-1")
    assert "prod (111122223333 eu-central-1)" in told
    assert "web" in told
    assert "awslogs /ecs/web" in told
    assert "ListTagsForResource: AccessDenied: no" in told


def test_show_fits_the_page(tmp_path: Path) -> None:
    result = ecs_logging("inventory", "show", fleet_in(tmp_path))

    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("output", ["json", "yaml"])
def test_show_is_for_programs_too(tmp_path: Path, output: str) -> None:
    result = ecs_logging("inventory", "show", fleet_in(tmp_path), "--output", output)

    assert result.exit_code == 0
    if output == "json":
        shown = json.loads(result.stdout)
        assert [one["service"] for one in shown["services"]] == ["web"]
        assert shown["services"][0]["containers"] == [{"name": "web", "driver": "awslogs"}]
        assert [one["code"] for one in shown["failures"]] == ["AccessDenied"]


@pytest.mark.parametrize("verb", [("inventory", "show"), ("audit", "--inventory")])
@pytest.mark.parametrize("text", [None, b"", b"\xff\xfe", b'{"targets": []}', b'{"kind": "Inv'])
def test_a_bad_file_is_told_at_its_place(
    tmp_path: Path, verb: tuple[str, ...], text: bytes | None
) -> None:
    path = tmp_path / "fleet.json"
    if text is not None:
        path.write_bytes(text)
    policy = ("--policy", policy_in(tmp_path)) if verb[0] == "audit" else ()

    result = ecs_logging(*verb, path, *policy)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}:1:" in result.stderr


# ── offline ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["audit", "plan"])
def test_a_verb_that_is_given_an_inventory_looks_at_nothing_else(tmp_path: Path, verb: str) -> None:
    fleet, file = Fleet(), fleet_in(tmp_path)

    result = ecs_logging(
        verb, "--inventory", file, "--policy", policy_in(tmp_path), "--all", fleet=fleet
    )

    assert fleet.looks == []
    told = " ".join(result.stdout.split())
    assert "As of 2026-11-22 12:00:00 UTC, from " in told
    assert "prod (" in told or "prod/web" in told


def test_the_json_tells_of_which_inventory_it_speaks(tmp_path: Path) -> None:
    file, policy = fleet_in(tmp_path), policy_in(tmp_path)

    offline, live = (
        json.loads(ecs_logging("audit", *more, "--policy", policy, "--output", "json").stdout)
        for more in (("--inventory", file), ())
    )

    assert (offline["inventory"], live["inventory"]) == (str(file), None)
    assert offline["observedAt"] == "2026-11-22T12:00:00+00:00"


def test_no_plan_file_is_made_of_an_inventory(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"

    result = ecs_logging(
        *("plan", "--policy", policy_in(tmp_path), "--out", out),
        *("--inventory", fleet_in(tmp_path)),
    )

    assert result.exit_code == 2
    assert "a plan file comes from a look at AWS" in result.stderr
    assert not out.exists()


def test_offline_no_sdk_is_imported_and_no_credentials_are_asked_for(tmp_path: Path) -> None:
    probe = (
        "import sys; from controller.cli import program\n"
        "try: program().main(sys.argv[1:], prog_name='ecs-logging')\n"
        "finally: print([name for name in sys.modules if 'botocore' in name], file=sys.stderr)"
    )
    arguments = ("audit", "--inventory", fleet_in(tmp_path), "--policy", policy_in(tmp_path))
    bare = {name: one for name, one in os.environ.items() if not name.startswith("AWS_")}

    ended = subprocess.run(
        [sys.executable, "-c", probe, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=bare,
    )

    assert ended.stderr.splitlines()[-1] == "[]"
    assert "As of 2026-11-22" in ended.stdout
