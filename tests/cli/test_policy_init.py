"""`policy init`: a draft that is valid, a baseline that leaves an audit clean, and the library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from controller.app.policies import load
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.mode import Mode
from controller.core.policy.policy_set import PolicySet
from controller.errors import UsageError
from tests.cli.program import EMPTY_INVENTORY, Fleet, ecs_logging
from tests.report.reports import NOW
from tests.seeded import seeded, seeded_in

DAY = f"{NOW:%Y-%m-%d}"


def policies(path: Path) -> PolicySet:
    """Return the policies of a file, which must be valid."""
    parsed = load([path])
    assert parsed.policies is not None, parsed.problems
    return parsed.policies


def test_a_draft_of_the_seeded_fleet_is_valid_and_in_audit(tmp_path: Path) -> None:
    out = tmp_path / "policy.yaml"

    result = ecs_logging("policy", "init", "--inventory", seeded_in(tmp_path), "--out", out)

    assert (result.exit_code, result.stdout) == (0, "")
    assert f"ecs-logging audit --policy {out}" in result.stderr
    (policy,) = policies(out).policies
    assert (policy.mode, policy.destinations[0].awslogs.group) == (Mode.AUDIT, "/ecs/{family}")
    assert ecs_logging("policy", "validate", out).exit_code == 0


def test_with_a_baseline_an_audit_right_after_is_clean(tmp_path: Path) -> None:
    saved, out = seeded_in(tmp_path), tmp_path / "policy.yaml"
    ecs_logging("policy", "init", "--inventory", saved, "--out", out)
    before = ecs_logging("audit", "--inventory", saved, "--policy", out, "--fail-on", "Low")

    result = ecs_logging(
        *("policy", "init", "--inventory", saved, "--out", out, "--force"),
        *("--baseline", "90d", "--date", DAY),
    )
    after = ecs_logging("audit", "--inventory", saved, "--policy", out, "--fail-on", "Low")

    assert (before.exit_code, result.exit_code, after.exit_code) == (3, 0, 0)
    assert "Drifted" not in after.stdout
    assert "Exempt" in after.stdout
    assert "ExceptionUnused" not in after.stdout
    assert ecs_logging("policy", "validate", out).exit_code == 0
    found = policies(out).exceptions
    assert {one.expires for one in found} == {date(2027, 2, 20)}
    assert {one.reason for one in found} == {f"baseline of {DAY}"}
    assert len({rule for one in found for rule in one.rules}) == len(found)


@pytest.mark.parametrize("name", ["central-cloudwatch", "security-hub"])
def test_a_policy_of_the_library_takes_a_baseline_as_well(tmp_path: Path, name: str) -> None:
    saved, out = seeded_in(tmp_path), tmp_path / "policy.yaml"

    ecs_logging(
        *("policy", "init", "--inventory", saved, "--out", out),
        *("--from", name, "--baseline", "90d", "--date", DAY),
    )
    after = ecs_logging("audit", "--inventory", saved, "--policy", out, "--fail-on", "Low")

    assert [one.name for one in policies(out).policies] == [name]
    assert after.exit_code in {0, 4}
    assert "Drifted" not in after.stdout


def test_without_a_baseline_the_library_needs_no_fleet() -> None:
    fleet = Fleet()

    result = ecs_logging("policy", "init", "--from", "pci", fleet=fleet)

    assert (result.exit_code, fleet.looks) == (0, [])
    assert result.stdout.startswith("# In the manner of PCI DSS")


def test_the_library_is_listed_with_what_each_policy_is_for() -> None:
    result = ecs_logging("policy", "init", "--list")

    assert "central-cloudwatch\n  Central logs in CloudWatch" in result.stdout
    assert ".test" not in result.stdout
    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []


def test_a_name_that_the_library_does_not_have_shows_those_that_it_has() -> None:
    result = ecs_logging("policy", "init", "--from", "pcj")

    assert result.exit_code == 2
    assert "did you mean pci?" in result.stderr
    assert "non-blocking-everywhere" in result.stderr


def test_a_live_fleet_is_looked_at_once_with_all_that_the_draft_asks_for() -> None:
    drafted, with_baseline = Fleet(inventory=seeded()), Fleet(inventory=seeded())

    first = ecs_logging("policy", "init", "--region", "us-east-1", fleet=drafted)
    second = ecs_logging(
        *("policy", "init", "--region", "us-east-1", "--baseline", "30d"), fleet=with_baseline
    )

    assert (drafted.looks, drafted.policies) == (["save"], None)
    assert with_baseline.looks == ["save"]
    assert with_baseline.policies is not None
    assert [one.name for one in with_baseline.policies.policies] == ["logging"]
    assert second.stdout.startswith(first.stdout)


def test_only_what_is_asked_for_is_drafted_from(tmp_path: Path) -> None:
    result = ecs_logging(
        *("policy", "init", "--inventory", seeded_in(tmp_path), "--cluster", "prod-platform")
    )

    assert "# Drafted from 14 services" in result.stdout
    assert '    - clusters: ["prod-platform"]' in result.stdout


def test_an_empty_fleet_gives_a_valid_policy_and_a_note(tmp_path: Path) -> None:
    out = tmp_path / "policy.yaml"

    result = ecs_logging("policy", "init", "--out", out, fleet=Fleet(inventory=EMPTY_INVENTORY))

    assert result.exit_code == 0
    assert out.read_text().startswith("# No service was found")
    assert len(policies(out).policies) == 1


def test_nothing_is_overwritten_unless_forced_and_nothing_looked_at_before(tmp_path: Path) -> None:
    out, fleet = tmp_path / "policy.yaml", Fleet()
    out.write_text("mine")

    kept = ecs_logging("policy", "init", "--out", out, fleet=fleet)
    assert (kept.exit_code, out.read_text(), fleet.looks) == (2, "mine", [])
    assert "--force" in kept.stderr

    forced = ecs_logging("policy", "init", "--out", out, "--force", fleet=fleet)
    assert forced.exit_code == 0
    assert out.read_text() != "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["policy.yaml"]


@pytest.mark.parametrize("given", ["90", "0d", "-1d", "9999d", "3w", ""])
def test_a_baseline_is_so_many_days(given: str) -> None:
    result = ecs_logging("policy", "init", "--baseline", given)

    assert result.exit_code == 2
    assert "such as 90d" in result.stderr


def test_what_could_not_be_seen_makes_it_incomplete() -> None:
    dark = _without_revisions(seeded())

    result = ecs_logging("policy", "init", "--baseline", "90d", fleet=Fleet(inventory=dark))

    assert result.exit_code == 4


def test_a_look_that_fails_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "policy.yaml"

    result = ecs_logging("policy", "init", "--out", out, fleet=Fleet(error=UsageError("no Region")))

    assert (result.exit_code, result.stderr) == (2, "Error: no Region\n")
    assert not out.exists()


def _without_revisions(inventory: InventoryFile) -> InventoryFile:
    """Return an inventory in which nobody asked for task definitions."""
    answers = {key: one for key, one in inventory.answers.items() if key.question != "revision"}
    return InventoryFile(
        inventory.taken_at, inventory.identity, inventory.regions, inventory.clusters, answers
    )
