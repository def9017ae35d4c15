from __future__ import annotations

from dataclasses import replace

from controller.core.document.diff import HIDDEN
from controller.core.document.diff import Change as Line
from controller.core.document.path import ROOT
from controller.core.judge.finding import UNKNOWN
from controller.core.move import Deregister
from controller.core.reason import Reason, Sync
from controller.report import plan
from tests.report.reports import (
    MODE,
    PAGE,
    drifted,
    finding,
    log_group,
    outcome,
    proposal,
    report,
    service,
)


def test_a_change_is_shown_in_full_with_what_would_come_of_it() -> None:
    assert (
        plan.render(report(drifted(), outcome(service("db"))), PAGE)
        == """\
1 of 2 services is not as the policy says.
1 Compliant · 1 Drifted
Seen 2026-11-22 12:00:00 UTC, policy 0123456789abcdef

prod/web  Drifted
  Apply would register this as a new revision and roll the service to it.
  containerDefinitions[name=web].logConfiguration
    -  options.mode  blocking
    +  options.mode  non-blocking

1 target could be changed now, 0 held or waiting.
"""
    )


def test_a_change_that_a_gate_holds_is_shown_with_the_gate_and_its_remedy() -> None:
    held = drifted(reason=Reason("WouldInterrupt", "0 of 1 tasks", "Raise the minimum."))

    text = plan.render(report(held), PAGE)

    assert "  Held by WouldInterrupt: 0 of 1 tasks\n  Raise the minimum.\n" in text
    assert "    +  options.mode  non-blocking\n" in text
    assert text.endswith("0 targets could be changed now, 1 held or waiting.\n")


def test_what_no_rule_in_enforce_asks_for_is_marked() -> None:
    audited = outcome(sync=Sync.DRIFTED, proposal=proposal(held=frozenset({MODE})))

    assert "    +  options.mode  non-blocking (AuditOnly)\n" in plan.render(report(audited), PAGE)


def test_what_somebody_else_owns_says_where_its_patch_is() -> None:
    owned = drifted(reason=Reason("OwnedElsewhere", "a stack owns it", "Change the template."))

    assert "As a JSON Patch of the task definition" in plan.render(report(owned), PAGE)


def test_what_cannot_be_mended_is_shown_with_the_reason() -> None:
    unknown = outcome(sync=Sync.UNKNOWN, findings=(finding(blocked=UNKNOWN),))

    assert "policy says (Unknown)" in plan.render(report(unknown), PAGE)


def test_a_move_that_needs_no_yes_is_announced() -> None:
    left = outcome(move=Deregister(service(), "arn:aws:ecs:…:task-definition/web:8"))

    assert "It would deregister web:8.\n" in plan.render(report(left), PAGE)


def test_a_log_group_is_changed_and_not_rolled() -> None:
    lines = (Line(ROOT / "retentionInDays", None, "30"),)
    ref = log_group()
    group = replace(drifted(ref), proposal=replace(proposal(ref), lines=lines))

    text = plan.render(report(group), PAGE)

    assert "Apply would make this change to the log group.\n    +  retentionInDays  30\n" in text


def test_a_hidden_value_stays_hidden() -> None:
    lines = (Line(MODE, HIDDEN, None),)
    hidden = outcome(sync=Sync.DRIFTED, proposal=replace(proposal(), lines=lines))

    assert "    -  options.mode  (not shown)\n" in plan.render(report(hidden), PAGE)


def test_a_plan_without_changes_says_so() -> None:
    assert plan.render(report(outcome()), PAGE).endswith("Nothing to change.\n")
