from __future__ import annotations

from dataclasses import replace

from controller.core.consent import NOT_ENFORCED
from controller.core.gate import Answer
from controller.core.move import Wait
from controller.core.policy.severity import Severity
from controller.core.reason import Health, Reason, Sync
from controller.report import table
from tests.report.reports import PAGE, drifted, finding, log_group, outcome, report, service


def test_a_fleet_is_told_in_full() -> None:
    seen = report(
        drifted(log_group()),
        outcome(service("db")),
        drifted(service("web")),
        outcome(
            service("api"),
            Sync.UNKNOWN,
            reason=Reason("Unknown", "the account setting could not be read", "Allow it."),
            findings=(finding(Severity.LOW, blocked="Unknown"),),
        ),
    )

    assert (
        table.render(seen, PAGE)
        == """\
1 of 3 services and 1 of 1 log group are not as the policy says.
1 Compliant · 2 Drifted · 1 Unknown
Seen 2026-11-22 12:00:00 UTC, policy 0123456789abcdef

Target  Sync     Health   C/H/M/L  Reason
prod
  api   Unknown  Healthy  0/0/0/1  Unknown
  web   Drifted  Healthy  0/1/0/0  AuditOnly

Target      Sync     Health   C/H/M/L  Reason
Log groups
  /ecs/web  Drifted  Healthy  0/1/0/0  AuditOnly

prod/api
  Low       delivery-mode     container web does not hand over its logs as the
                              policy says (Unknown)
prod/web
  High      delivery-mode     container web does not hand over its logs as the
                              policy says
/ecs/web
  High      delivery-mode     container web does not hand over its logs as the
                              policy says

AuditOnly  prod/web and /ecs/web
  this process does not enforce
  Start it with --enforce (or ECS_LOGGING_ENFORCE=true).

Unknown  prod/api
  the account setting could not be read
  Allow it.
"""
    )


def test_what_is_as_it_should_be_is_only_counted() -> None:
    text = table.render(report(outcome(service("db")), outcome(service("web"))), PAGE)

    assert text.splitlines()[:2] == [
        "Everything that a policy governs is as the policy says.",
        "2 Compliant",
    ]
    assert "web" not in text


def test_what_is_as_it_should_be_is_listed_when_asked_for() -> None:
    text = table.render(report(outcome(service("db"))), PAGE, every=True)

    assert "  db    Compliant  Healthy  0/0/0/0" in text


def test_a_target_that_is_not_well_is_listed_though_it_is_compliant() -> None:
    text = table.render(report(outcome(service("db"), health=Health.DEGRADED)), PAGE)

    assert "  db    Compliant  Degraded" in text


def test_what_could_not_be_seen_is_said_before_the_table() -> None:
    seen = report(drifted(), gaps=("eu-west-1/dark: AccessDenied: not authorised",))

    lines = table.render(seen, PAGE).splitlines()

    assert lines.index("  eu-west-1/dark: AccessDenied: not authorised") < lines.index("prod")
    assert "Not seen, so this report is incomplete:" in lines


def test_an_empty_fleet_is_not_called_compliant() -> None:
    assert table.render(report(), PAGE).startswith("No service was found.\n")


def test_a_fleet_that_no_policy_governs_is_not_called_compliant() -> None:
    text = table.render(report(outcome(sync=Sync.UNGOVERNED)), PAGE)

    assert text.startswith("No policy governs any of the 1 target found.\n")


def test_what_could_not_be_judged_is_not_called_compliant() -> None:
    text = table.render(report(outcome(), outcome(service("x"), Sync.UNDECIDED)), PAGE)

    assert text.startswith("No drift was found, but 1 target could not be judged.\n")


def test_a_reason_is_told_once_for_all_that_it_concerns() -> None:
    seen = report(*(drifted(service(f"s{number}")) for number in range(5)))

    text = table.render(seen, PAGE)

    assert text.count("this process does not enforce") == 1
    assert "AuditOnly  prod/s0, prod/s1, prod/s2 and 2 more" in text


def test_a_reason_that_a_finding_has_told_is_not_told_again() -> None:
    one = finding(blocked="RouterInUse")
    seen = report(
        outcome(sync=Sync.DRIFTED, findings=(one,), reason=Reason("RouterInUse", one.message))
    )

    assert table.render(seen, PAGE).count("hand over") == 1


def test_targets_of_several_regions_are_told_apart() -> None:
    seen = report(drifted(service(region="us-east-1")), drifted(service(region="eu-west-1")))

    lines = table.render(seen, PAGE).splitlines()

    first, second = lines.index("eu-west-1: prod/web"), lines.index("us-east-1: prod/web")
    assert first < second


def test_the_order_of_what_was_seen_does_not_matter() -> None:
    outcomes = [drifted(service("a")), drifted(service("b")), drifted(log_group())]

    there = table.render(report(*outcomes), PAGE)

    assert there == table.render(report(*reversed(outcomes)), PAGE)


def test_all_that_holds_a_service_is_told_and_not_only_the_first_reason() -> None:
    owned = Reason("OwnedElsewhere", "a stack owns it", "Take the patch to the template.")
    ahead = Reason("FamilyAhead", "web:9 is newer", "Deploy the newer revision.")
    gates = (
        Answer("ownership", "Nobody else owns it.", Wait(owned)),
        Answer("steady", "It is at rest.", None),
        Answer("family", "The family has no newer revision.", Wait(ahead)),
        Answer("process_yes", "The process says yes.", Wait(NOT_ENFORCED)),
    )
    told = table.render(report(replace(drifted(reason=owned), gates=gates)), PAGE)

    assert "OwnedElsewhere +1" in told
    assert "a stack owns it" in told
    assert "web:9 is newer" in told
    assert "does not enforce" not in told
