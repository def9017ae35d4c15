"""`policy impact`: what it is given, what it tells, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from controller.core.inventory_file.model import Key, Known
from tests.cli.program import EMPTY_INVENTORY, Fleet, ecs_logging
from tests.report.test_markdown import bars
from tests.seeded import seeded_in

POLICY = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  mode: Enforce
  match: [{clusters: ["prod-*"]}]
  destinations: [{awslogs: {group: "/ecs/{service}", streamPrefix: "{service}"}}]
  logGroup: {create: true, retentionInDays: 30}
"""
AUDIT = POLICY.replace("Enforce", "Audit")
BUFFER = POLICY.replace('"{service}"}}', '"{service}", maxBufferSize: 25m}}')


def written(folder: Path, name: str, text: str) -> Path:
    """Write policies into a directory of their own, and return it."""
    (folder / name).mkdir()
    (folder / name / "policy.yaml").write_text(text)
    return folder / name


def impact(folder: Path, old: str | Path, new: str | Path, *more: str) -> Any:
    """Return what is told of the seeded fleet as JSON, and the exit code."""
    inventory = ("--inventory", str(seeded_in(folder)))
    result = ecs_logging("policy", "impact", old, new, *inventory, "--output", "json", *more)
    return json.loads(result.stdout), result.exit_code


def test_it_tells_who_changes_and_what_max_impact_would_say(tmp_path: Path) -> None:
    old, new = written(tmp_path, "old", POLICY), written(tmp_path, "new", BUFFER)

    result = ecs_logging("policy", "impact", old, new, "--inventory", seeded_in(tmp_path))

    told = " ".join(result.stdout.split())
    assert "of 40 services" in told.partition(";")[0]
    assert "PolicyImpact (" in told
    assert "It would load as Audit until a person approves it." in told
    assert "prod-core/storefront-api" in told
    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []


def test_the_first_policy_is_compared_with_none(tmp_path: Path) -> None:
    new = written(tmp_path, "new", POLICY)
    (tmp_path / "empty").mkdir()

    from_nothing, _ = impact(tmp_path, "-", new)
    from_empty, _ = impact(tmp_path, tmp_path / "empty", new)
    from_missing, _ = impact(tmp_path, tmp_path / "missing", new)

    assert from_nothing == from_empty == from_missing
    assert from_nothing["policyDigest"]["old"] is None
    assert from_nothing["summary"]["counts"]["governed services"] == {"old": 0, "new": 40}
    assert from_nothing["maxImpact"]["held"] is None


def test_that_the_old_policies_are_not_there_is_said(tmp_path: Path) -> None:
    missing, new = tmp_path / "missing", written(tmp_path, "new", POLICY)

    result = ecs_logging("policy", "impact", missing, new, "--inventory", seeded_in(tmp_path))

    assert result.stderr == f"{missing} holds no policy: compared with no policy at all\n"
    assert "policies none → " in result.stdout


def test_the_last_policy_may_go(tmp_path: Path) -> None:
    found, _ = impact(tmp_path, written(tmp_path, "old", POLICY), "-")

    assert found["summary"]["counts"]["governed services"] == {"old": 40, "new": 0}
    assert found["summary"]["newWrites"] == 0


def test_an_audit_that_becomes_enforcing_writes_what_it_only_showed(tmp_path: Path) -> None:
    old, new = written(tmp_path, "old", AUDIT), written(tmp_path, "new", POLICY)

    found, _ = impact(tmp_path, old, new)

    counts = found["summary"]["counts"]
    assert counts["drifted services"]["old"] == counts["drifted services"]["new"] > 0
    assert counts["services that would be written"]["old"] == 0
    assert found["summary"]["newWrites"] == counts["services that would be written"]["new"] > 0
    services = [one for one in found["targets"] if one["kind"] == "service"]
    assert {one["newWrite"] for one in services} == {True}


def test_more_new_writes_than_are_wanted_fail_and_just_as_many_do_not(tmp_path: Path) -> None:
    old, new = written(tmp_path, "old", POLICY), written(tmp_path, "new", BUFFER)

    none, failed = impact(tmp_path, old, new, "--fail-on-writes", "0")
    writes = none["summary"]["newWrites"]
    enough, ended = impact(tmp_path, old, new, "--fail-on-writes", str(writes))
    _, short = impact(tmp_path, old, new, "--fail-on-writes", str(writes - 1))

    assert (failed, none["summary"]["failed"]) == (3, True)
    assert (ended, enough["summary"]["failed"]) == (4, False)  # some groups are not saved
    assert short == 3


def test_what_the_inventory_does_not_hold_makes_it_incomplete(tmp_path: Path) -> None:
    moved = AUDIT.replace("/ecs/{service}", "/moved/{service}")
    old = written(tmp_path, "old", POLICY)

    result = ecs_logging(
        *("policy", "impact", old, written(tmp_path, "new", moved)),
        *("--inventory", seeded_in(tmp_path)),
    )

    assert "NotSaved" in result.stdout
    assert result.exit_code == 4


def test_the_page_is_for_a_pull_request(tmp_path: Path) -> None:
    old, new = written(tmp_path, "old", POLICY), written(tmp_path, "new", BUFFER)

    result = ecs_logging(
        *("policy", "impact", old, new, "--inventory", seeded_in(tmp_path)),
        *("--output", "markdown"),
    )

    assert result.stdout.startswith("## What these policies would change\n\n**")
    assert "<details>\n<summary>" in result.stdout
    assert [one for one in bars(result.stdout) if len(one) != 1] == []
    assert len(result.stdout) < 65_536


def test_every_problem_of_both_sets_and_of_the_inventory_is_told(tmp_path: Path) -> None:
    old = written(tmp_path, "old", POLICY.replace("mode:", "mood:"))
    new = written(tmp_path, "new", POLICY.replace("match:", "mtch:"))
    (tmp_path / "fleet.json").write_text("[]")
    fleet = Fleet()

    result = ecs_logging(
        *("policy", "impact", old, new, "--inventory", tmp_path / "fleet.json"), fleet=fleet
    )

    assert (result.exit_code, result.stdout, fleet.looks) == (2, "", [])
    assert "`mood` is no key" in result.stderr
    assert "`mtch` is no key" in result.stderr
    assert f"{tmp_path / 'fleet.json'}:1:1" in result.stderr


def test_a_new_path_that_leads_nowhere_is_a_mistake_and_no_empty_set(tmp_path: Path) -> None:
    missing = tmp_path / "missing"

    result = ecs_logging("policy", "impact", written(tmp_path, "old", POLICY), missing)

    assert result.exit_code == 2
    assert f"{missing}:1:1" in result.stderr


def test_a_new_directory_that_holds_no_policy_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = ecs_logging("policy", "impact", written(tmp_path, "old", POLICY), tmp_path / "empty")

    assert result.exit_code == 2
    assert "the directory holds no policy" in result.stderr


def test_without_an_inventory_the_fleet_is_looked_at_once(tmp_path: Path) -> None:
    nobody = Known(())
    clusters = Key(EMPTY_INVENTORY.regions[0], "clusters", "")
    fleet = Fleet(inventory=replace(EMPTY_INVENTORY, answers={clusters: nobody}))

    result = ecs_logging(
        *("policy", "impact", "-", written(tmp_path, "new", POLICY), "--region", "eu-central-1"),
        fleet=fleet,
    )

    assert (result.exit_code, fleet.looks) == (0, ["impact"])
    assert fleet.settings is not None
    assert fleet.settings.regions == ("eu-central-1",)
    assert result.stdout.startswith("No service was found.")
