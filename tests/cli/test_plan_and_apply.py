from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from controller.core.document.digest import digest
from controller.core.move import Return, Roll
from controller.core.outcome import Outcome
from controller.core.reason import Health, Reason
from controller.core.refs import ServiceRef
from controller.decide.record import recorded
from tests.cli.program import Fleet, ecs_logging, policy_in
from tests.report.reports import NOW, drifted, outcome, service

WEB, API = service("web"), service("api")
WEB_8 = "arn:…:task-definition/web:8"


def waiting(ref: ServiceRef = WEB) -> Outcome:
    """Return a service that only the process's yes holds, its patch with the digest it has."""
    one = drifted(ref)
    assert one.proposal is not None
    change = replace(one.proposal.change, patch=digest(one.proposal.patch))
    return replace(one, proposal=replace(one.proposal, change=change))


def rolled(ref: ServiceRef = WEB) -> Outcome:
    """Return a service of which a roll is told, and that is compliant."""
    one = replace(outcome(ref), move=Roll(ref, WEB_8), moved=True)
    return replace(one, record=recorded(one, Roll(ref, WEB_8), NOW))


def planned(folder: Path, *outcomes: Outcome) -> tuple[Path, Path]:
    """Plan these targets, and return the paths of policy and plan file."""
    policy, plan = policy_in(folder), folder / "plan.json"
    ended = ecs_logging("plan", "--policy", policy, "--out", plan, fleet=Fleet(outcomes))
    assert ended.exit_code == 0
    return policy, plan


def test_a_plan_file_is_written_and_the_next_line_names_it(tmp_path: Path) -> None:
    policy, plan = policy_in(tmp_path), tmp_path / "plan.json"

    result = ecs_logging("plan", "--policy", policy, "--out", plan, fleet=Fleet((waiting(),)))

    assert [one["arn"] for one in json.loads(plan.read_text())["targets"]] == [WEB.arn]
    assert result.stdout.endswith(f"  ecs-logging apply {plan} --policy {policy}\n")
    assert result.stderr == f"{plan}: 1 target to apply\n"


def test_a_plan_file_that_cannot_be_written_is_refused_before_the_look(tmp_path: Path) -> None:
    fleet, out = Fleet(), tmp_path / "no" / "plan.json"

    result = ecs_logging("plan", "--policy", policy_in(tmp_path), "--out", out, fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "there is no such directory" in result.stderr


def test_apply_makes_the_changes_of_the_plan_and_no_others(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting(WEB))
    fleet = Fleet((waiting(WEB), waiting(API)), after=(rolled(WEB), waiting(API)))

    result = ecs_logging("apply", plan, "--policy", policy, fleet=fleet)

    assert fleet.looks == [f"moved {WEB}", "settle"]
    assert "prod/web  Done\n  started the roll to web:8\n" in result.stdout
    assert "prod/api  Refused" not in result.stdout
    assert result.exit_code == 0


def test_apply_says_each_move_as_it_is_made(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())

    result = ecs_logging("apply", plan, "--policy", policy, fleet=Fleet(after=(rolled(),)))

    assert result.stderr == "prod/web: started the roll to web:8\n"


def test_a_target_that_changed_since_is_refused_and_told(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())
    one = waiting()
    assert one.proposal is not None
    other = replace(one.proposal.change, fingerprint="0" * 64)
    reason = Reason("PlanOutdated", "the target is no longer what it was", "Make a new plan.")
    changed = replace(one, proposal=replace(one.proposal, change=other), reason=reason)
    fleet = Fleet((changed,))

    result = ecs_logging("apply", plan, "--policy", policy, fleet=fleet)

    assert (result.exit_code, fleet.looks) == (1, ["settle"])
    assert "prod/web  Refused\n  PlanOutdated\n" in result.stdout


def test_a_target_that_is_gone_is_told(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())

    result = ecs_logging("apply", plan, "--policy", policy, fleet=Fleet())

    assert result.exit_code == 1
    assert "service/prod/web  Gone" in result.stdout


def test_a_roll_that_failed_is_an_error(tmp_path: Path) -> None:
    returned = replace(
        waiting(),
        health=Health.DEGRADED,
        move=Return(WEB, "arn:…:task-definition/web:7"),
        moved=True,
    )

    result = ecs_logging(
        "apply", "--enforce", "--policy", policy_in(tmp_path), fleet=Fleet(after=(returned,))
    )

    assert result.exit_code == 1
    assert "prod/web  Failed\n  returned the service to web:7\n" in result.stdout


def test_the_json_tells_what_was_done(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())

    result = ecs_logging(
        "apply", plan, "--policy", policy, "--output", "json", fleet=Fleet(after=(rolled(),))
    )

    (applied,) = json.loads(result.stdout)["applied"]
    (write,) = applied.pop("writes")
    assert applied == {"arn": WEB.arn, "ending": "Done", "done": ["started the roll to web:8"]}
    assert (write["move"], write["result"], write["to"]) == ("Roll", "Done", WEB_8)
    assert (write["arn"], write["cluster"], write["service"]) == (WEB.arn, "prod", "web")
    assert write["policy"] == "production"


def test_apply_without_a_plan_needs_enforce(tmp_path: Path) -> None:
    fleet = Fleet((waiting(),))

    result = ecs_logging("apply", "--policy", policy_in(tmp_path), fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "apply writes: name a plan file, say --enforce" in result.stderr


def test_with_enforce_all_that_is_enforced_is_corrected(tmp_path: Path) -> None:
    fleet = Fleet((waiting(WEB), waiting(API)), after=(rolled(WEB), rolled(API)))

    result = ecs_logging("apply", "--enforce", "--policy", policy_in(tmp_path), fleet=fleet)

    assert fleet.looks == [f"moved {WEB}", f"moved {API}", "settle"]
    assert result.exit_code == 0


def test_without_a_plan_what_a_gate_holds_is_told_and_no_error(tmp_path: Path) -> None:
    held = drifted(reason=Reason("BudgetExhausted", "one is being rolled", "It goes on."))

    result = ecs_logging(
        "apply",
        "--policy",
        policy_in(tmp_path),
        fleet=Fleet((held,)),
        env={"ECS_LOGGING_ENFORCE": "true"},
    )

    assert result.exit_code == 0
    assert "prod/web  Refused\n  BudgetExhausted\n" in result.stdout


def test_a_plan_and_enforce_contradict_each_other(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())
    fleet = Fleet()

    result = ecs_logging("apply", plan, "--enforce", "--policy", policy, fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])


def test_a_variable_that_enforces_does_not_widen_a_plan(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting(WEB))
    fleet = Fleet((waiting(WEB), waiting(API)), after=(rolled(WEB),))

    ecs_logging("apply", plan, "--policy", policy, fleet=fleet, env={"ECS_LOGGING_ENFORCE": "true"})

    assert fleet.looks == [f"moved {WEB}", "settle"]


def test_a_plan_of_other_policies_is_refused_whole(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())
    policy.write_text(policy.read_text().replace("/ecs/", "/other/"))
    fleet = Fleet((waiting(),))

    result = ecs_logging("apply", plan, "--policy", policy, fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "was made from other policies" in result.stderr


def test_a_plan_that_was_edited_by_hand_is_refused_whole(tmp_path: Path) -> None:
    policy, plan = planned(tmp_path, waiting())
    plan.write_text(plan.read_text().replace("non-blocking", "blocking"))
    fleet = Fleet((waiting(),))

    result = ecs_logging("apply", plan, "--policy", policy, fleet=fleet)

    assert (result.exit_code, fleet.looks) == (2, [])
    assert "the file was edited" in result.stderr


def test_what_is_no_plan_is_refused(tmp_path: Path) -> None:
    policy, plan = policy_in(tmp_path), tmp_path / "plan.json"

    told = []
    for content in (b"", b"[", b"\xff\xfe", b"{}", None):
        plan.unlink(missing_ok=True)
        if content is not None:
            plan.write_bytes(content)
        told.append(ecs_logging("apply", plan, "--policy", policy))

    assert [one.exit_code for one in told] == [2] * 5
    assert all(one.stderr.startswith(f"{plan}:") for one in told)
