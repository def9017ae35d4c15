"""The evaluator: what a finding is, which edits it carries, and what holds them back."""

from __future__ import annotations

import pytest

from controller.core.document.edit import Remove, Set
from controller.core.document.path import ROOT, named
from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Absent, Refuse, Want
from controller.core.judge.evaluate import evaluate
from controller.core.judge.finding import Subject, container_of, finding_id
from controller.core.judge.setting import Setting, settings_for, strictest
from controller.core.policy.mode import Mode
from controller.core.policy.severity import Severity
from tests.core.judge.rules import AUDIT, DISABLED, SUBJECT, evaluated, rule
from tests.core.service.given import policy

A = ROOT / "a"
DRIVER = rule("driver", Want(A / "driver", "awslogs", "another driver"))
OPTIONS = rule("options", Want(A / "group", "g", "another group"), needs=("driver",))
HOLE = Unresolved("Ref Name")


# ── findings ──────────────────────────────────────────────────────────────────────────────────────


def test_a_demand_that_is_met_is_not_spoken_of() -> None:
    assert evaluated({"a": {"driver": "awslogs"}}, DRIVER).findings == ()


def test_a_demand_that_is_not_met_is_a_finding_with_its_edit() -> None:
    judgement = evaluated({}, DRIVER)

    [finding] = judgement.findings
    assert (finding.rule, finding.path, finding.message) == ("driver", "a.driver", "another driver")
    assert (finding.fixable, finding.blocked, finding.is_violation) == (True, None, True)
    assert judgement.edits == judgement.enforced == (Set(A / "driver", "awslogs"),)


def test_what_is_refused_is_a_violation_without_an_edit() -> None:
    judgement = evaluated({}, rule("r", Refuse(A, "RouterInUse", "a router is in use")))

    [finding] = judgement.findings
    assert (finding.fixable, finding.blocked) == (False, "RouterInUse")
    assert finding.is_violation
    assert judgement.edits == ()


@pytest.mark.parametrize(
    ("is_", "must_be", "blocked"),
    [
        pytest.param(HOLE, "x", "Unknown", id="what is"),
        pytest.param("x", HOLE, "Undecided", id="what must be"),
    ],
)
def test_what_is_not_known_is_neither_violation_nor_edit(
    is_: object, must_be: object, blocked: str
) -> None:
    asking = rule("r", Want(A, must_be, "told"))  # type: ignore[arg-type]  # holes are JSON here
    judgement = evaluated({"a": is_}, asking)  # type: ignore[dict-item]  # and here

    [finding] = judgement.findings
    assert (finding.blocked, finding.fixable, finding.is_violation) == (blocked, False, False)
    assert finding.message == "told: cannot be told, Ref Name"
    assert judgement.edits == ()
    assert judgement.unknown_in_enforce == (finding,)


def test_one_demand_that_is_not_known_leaves_the_others_theirs() -> None:
    asking = rule("r", Want(A, "x", "told"), Want(ROOT / "b", "y", "told"))

    judgement = evaluated({"a": HOLE}, asking)
    assert [one.blocked for one in judgement.findings] == ["Unknown", None]
    assert judgement.enforced == (Set(ROOT / "b", "y"),)


def test_rules_may_come_from_anywhere_once() -> None:
    rules = iter((DRIVER, OPTIONS))
    settings = {one: Setting(Mode.ENFORCE, Severity.LOW) for one in ("driver", "options")}
    judgement = evaluate(rules, {}, {}, None, settings=settings, subject=SUBJECT)

    assert [one.rule for one in judgement.findings] == ["driver", "options"]


# ── modes ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_of_a_rule_in_audit_is_shown_and_not_enforced() -> None:
    judgement = evaluated({}, DRIVER, settings={"driver": AUDIT})

    assert [one.blocked for one in judgement.findings] == ["AuditOnly"]
    assert len(judgement.edits) == 1
    assert judgement.enforced == ()


def test_what_a_rule_in_audit_does_not_know_forbids_nothing() -> None:
    judgement = evaluated({"a": HOLE}, DRIVER, settings={"driver": AUDIT})

    assert [one.blocked for one in judgement.findings] == ["Unknown"]
    assert judgement.unknown_in_enforce == ()


def test_a_disabled_rule_and_one_without_a_setting_are_not_asked() -> None:
    judgement = evaluated({}, DRIVER, settings={"driver": DISABLED})

    assert judgement.items == ()
    assert evaluate((DRIVER,), {}, {}, None, settings={}, subject=SUBJECT).items == ()


@pytest.mark.parametrize("need", [AUDIT, DISABLED], ids=["audited", "disabled"])
def test_a_rule_whose_need_is_not_enforced_is_held(need: Setting) -> None:
    judgement = evaluated({}, DRIVER, OPTIONS, settings={"driver": need})

    assert {one.rule: one.blocked for one in judgement.findings}["options"] == "RuleDependency"
    assert judgement.enforced == ()
    assert Set(A / "group", "g") in judgement.edits


def test_a_rule_whose_need_is_enforced_is_not_held() -> None:
    assert len(evaluated({}, DRIVER, OPTIONS).enforced) == 2


def test_a_rule_in_audit_is_held_by_that_and_not_by_its_needs() -> None:
    judgement = evaluated({}, DRIVER, OPTIONS, settings={"driver": AUDIT, "options": AUDIT})

    assert [one.blocked for one in judgement.findings] == ["AuditOnly", "AuditOnly"]


# ── conflicts ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Want(A, "x", "told"), Want(A, "y", "told"), id="two values"),
        pytest.param(Want(A, {}, "told"), Want(A / "b", "y", "told"), id="a whole and its part"),
        pytest.param(Absent(A, "told"), Want(A / "b", "y", "told"), id="gone and there"),
    ],
)
def test_rules_that_contradict_each_other_are_both_blocked(one: Want | Absent, other: Want) -> None:
    judgement = evaluated({"a": {"c": 1}}, rule("one", one), rule("other", other))

    assert [one.blocked for one in judgement.findings] == ["PolicyConflict", "PolicyConflict"]
    assert judgement.edits == ()


def test_contradicting_rules_are_both_blocked_and_a_third_is_not() -> None:
    third = rule("third", Want(ROOT / "b", 1, "told"))
    both = (rule("one", Want(A, "x", "told")), rule("other", Want(A, "y", "told")))
    judgement = evaluated({}, *both, third)

    blocked = [(one.rule, one.blocked, one.fixable) for one in judgement.findings]
    assert blocked == [
        ("one", "PolicyConflict", False),
        ("other", "PolicyConflict", False),
        ("third", None, True),
    ]
    assert judgement.edits == judgement.enforced == (Set(ROOT / "b", 1),)


def test_rules_that_ask_for_the_same_agree() -> None:
    judgement = evaluated({}, rule("one", Want(A, "x", "t")), rule("two", Want(A, "x", "t")))

    assert [one.blocked for one in judgement.findings] == [None, None]


def test_neighbours_do_not_contradict_each_other() -> None:
    one, two = rule("one", Want(A / "x", 1, "t")), rule("two", Absent(A / "y", "t"))

    assert evaluated({"a": {"y": 1}}, one, two).enforced == (Set(A / "x", 1), Remove(A / "y"))


# ── identity ──────────────────────────────────────────────────────────────────────────────────────


def test_the_id_of_a_finding_is_the_same_from_run_to_run() -> None:
    [finding] = evaluated({}, DRIVER).findings

    assert finding.id == "5700fddd5633"
    assert evaluated({"else": 1}, DRIVER, settings={"driver": AUDIT}).findings[0].id == finding.id


def test_the_id_of_a_finding_differs_where_anything_that_it_names_does() -> None:
    subjects = (
        Subject("1", "r", "service", "c", "n"),
        Subject("2", "r", "service", "c", "n"),
        Subject("1", "s", "service", "c", "n"),
        Subject("1", "r", "log-group", "c", "n"),
        Subject("1", "r", "service", None, "n"),
        Subject("1", "r", "service", "c", "m"),
    )
    ids = {finding_id(one, rule, path) for one in subjects for rule in "ab" for path in (A, ROOT)}

    assert len(ids) == 24


def test_a_finding_may_name_half_of_a_surrogate_pair() -> None:
    assert finding_id(SUBJECT, "r", ROOT / "containerDefinitions" / named("\ud800"))


def test_a_finding_names_the_container_into_which_its_path_leads() -> None:
    assert container_of(ROOT / "containerDefinitions" / named("a.b") / "x") == "a.b"
    assert container_of(ROOT / "containerDefinitions") is None
    assert container_of(ROOT / "volumes" / named("data")) is None


# ── settings ──────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_has_its_policys_mode_unless_it_states_a_weaker_one() -> None:
    enforced = policy(rules={"driver": {"mode": "Audit", "severity": "Critical"}})
    audited = policy(mode="Audit", rules={"driver": {"mode": "Enforce"}})

    assert settings_for((DRIVER, OPTIONS), enforced) == {
        "driver": Setting(Mode.AUDIT, Severity.CRITICAL),
        "options": Setting(Mode.ENFORCE, Severity.LOW),
    }
    assert settings_for((DRIVER,), audited)["driver"].mode is Mode.AUDIT


def test_of_several_settings_the_weakest_mode_and_the_highest_severity_hold() -> None:
    several = [Setting(Mode.ENFORCE, Severity.LOW), Setting(Mode.AUDIT, Severity.CRITICAL)]

    assert strictest(several) == Setting(Mode.AUDIT, Severity.CRITICAL)
