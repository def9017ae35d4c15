"""Why a service stands as it does: the page, the Markdown, and the data."""

from __future__ import annotations

import json as builtin_json
from dataclasses import replace

import pytest
from hypothesis import given
from rich.cells import cell_len

from controller.core.explained_service import ExplainedService
from controller.core.gate import Answer
from controller.core.move import Look
from controller.core.policy.mode import Mode
from controller.core.policy.standing import Standing
from controller.core.reason import Reason, Sync
from controller.report import json
from controller.report.explained_service import structure, table
from controller.report.markdown import explained_service
from tests.report.explained import (
    AUDIT_ONLY,
    BUDGET,
    EXCEPTION,
    EXPLAINED,
    PASSED,
    POLICY,
    explained,
    rule,
)
from tests.report.reports import NOW, PAGE, finding, outcome


def page(told: ExplainedService, *, every: bool = False) -> str:
    return table.render(told, PAGE, every=every)


def flat(told: ExplainedService) -> str:
    """Return the page on one line, with single spaces."""
    return " ".join(page(told).split())


def test_the_page_goes_from_how_it_stands_to_what_holds_it() -> None:
    titles = [line for line in page(explained()).splitlines() if line[:1].isupper()]

    assert titles == ["Policies", "How far it goes", "Rules", "What would be written", "Gates"]
    assert page(explained()).startswith(
        "prod/web  Drifted  Healthy\n"
        "  Apply would register this as a new revision and roll the service to it.\n"
        "web:7 in 111122223333 eu-west-1. Seen 2026-11-22 12:00:00 UTC\n"
    )


def test_policies_that_do_not_match_are_only_counted_unless_all_are_asked_for() -> None:
    assert "governs  production  Enforce, priority 3" in page(explained())
    assert "lost     low         Audit, priority 0" in page(explained())
    assert "1 policy does not match. Why not: --all." in page(explained())
    assert "no match  dev" in page(explained(), every=True)
    assert "Why not" not in page(explained(), every=True)


def test_without_any_policy_the_page_says_so() -> None:
    assert explained().why is not None
    nothing = replace(explained().why, considered=())  # type: ignore[type-var]  # it is not None

    assert "There is no policy." in page(explained(why=nothing))


def test_what_holds_besides_the_process_is_named_at_the_top() -> None:
    told = explained(gates=(PASSED, AUDIT_ONLY, BUDGET))

    assert "Besides the yes of apply or --enforce, this holds it: BudgetExhausted." in flat(told)
    assert "holds within_budget BudgetExhausted: 1 of 1 It goes on." in flat(told)
    assert "A controller looks again at 2026-11-22 12:00:00 UTC." in flat(told)


def test_a_gate_that_passed_tells_what_it_sees_to() -> None:
    assert "passed supported The service can be moved." in flat(explained())


def test_a_gate_that_nobody_asked_says_what_it_must_see() -> None:
    told = explained(gates=(Answer("family", "It is.", Look("family")),))

    assert "not asked family nobody has looked at this yet: family" in flat(told)


def test_why_no_gate_is_asked_is_told_in_their_place() -> None:
    told = explained(outcome=outcome(), gates=(), unasked="nothing was found")

    assert "It is as its policy says." in flat(told)
    assert flat(told).endswith("Gates None is asked: nothing was found.")


def test_what_caps_the_policy_is_told_below_it_with_exceptions_and_owners() -> None:
    held = Reason("InGracePeriod", "it lasts", "It ends by itself.")
    stands = Standing(POLICY, Mode.AUDIT, held, (EXCEPTION,), NOW, ("an odd tag",))

    told = flat(explained(standing=stands))
    assert "policy production Enforce" in told
    assert "this service Audit InGracePeriod: it lasts. It ends by itself." in told
    assert "may change at 2026-11-22 12:00:00 UTC" in told
    assert "to the end of 2027-03-31: as shipped (payments)" in told
    assert "its owner's tags an odd tag" in told


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (rule(), "delivery-mode Enforce Compliant"),
        (rule(mode=Mode.DISABLED, stated=Mode.DISABLED), "delivery-mode Disabled not asked"),
        (rule(findings=(finding(),)), "(would be edited)"),
        (
            rule(mode=Mode.AUDIT, held="OwnerTag", findings=(finding(blocked="OwnerTag"),)),
            "delivery-mode Audit (OwnerTag) High container web does not hand over its logs",
        ),
    ],
)
def test_a_rule_is_told_with_its_mode_and_what_it_found(standing: object, told: str) -> None:
    assert told in flat(explained(rules=(standing,)))


def test_an_exempt_finding_names_its_exception() -> None:
    exempt = replace(finding(blocked="Exempt"), exempt_by="vendor-image")

    assert "(Exempt by vendor-image)" in flat(explained(rules=(rule(findings=(exempt,)),)))


def test_what_could_not_be_seen_is_told_last() -> None:
    told = explained(gaps=("eu-west-1/dark: AccessDenied: no",))

    assert flat(told).endswith("than is told eu-west-1/dark: AccessDenied: no")


def test_a_service_that_could_not_be_seen_has_a_reason_and_nothing_else() -> None:
    reason = Reason("AccessDenied", "it may not be read", "See docs/permissions.md.")
    unseen = replace(outcome(sync=Sync.UNKNOWN, reason=reason), observed=False)

    told = page(ExplainedService(unseen, NOW))
    assert told.splitlines()[1:3] == [
        "  AccessDenied: it may not be read",
        "  See docs/permissions.md.",
    ]
    assert "Gates" not in told


def test_as_markdown_it_is_a_page_with_the_same_sections() -> None:
    told = explained_service.render(explained())

    assert told.startswith("## Why `prod/web` stands as it does\n\n**Drifted, Healthy**\n")
    assert [line for line in told.splitlines() if line.startswith("###")] == [
        "### Policies",
        "### How far it goes",
        "### Rules",
        "### What would be written",
        "### Gates",
    ]
    assert "| governs | production | Enforce, priority 3 |  |" in told
    assert "logConfiguration.options.mode: non-blocking\n```" in told


def test_as_data_it_is_a_target_as_in_every_report_and_all_that_led_to_it() -> None:
    told = builtin_json.loads(json.render(structure.structure(explained(gates=(PASSED, BUDGET)))))

    (entry,) = told["explained"]
    assert (told["schemaVersion"], entry["kind"], entry["name"]) == (1, "service", "web")
    assert [*entry] == [
        *("kind", "name", "arn", "account", "region", "cluster", "service", "taskDefinitionArn"),
        *("policy", "sync", "health", "reason", "findings", "gates"),
        *("observedAt", "inventory", "policyDigest", "policies", "standing", "rules", "plan"),
        *("logGroups", "gatesNotAsked", "gaps"),
    ]
    assert [one["place"] for one in entry["policies"]] == ["Governs", "NoMatch", "Outranked"]
    assert entry["standing"]["mode"] == "Enforce"
    assert entry["gates"] == [
        {
            "gate": "supported",
            "mustHold": "The service can be moved.",
            "answer": "Passed",
            "held": None,
            "until": None,
            "lacks": None,
        },
        {
            "gate": "within_budget",
            "mustHold": "Few are rolled.",
            "answer": "Holds",
            "held": {
                "reason": "BudgetExhausted",
                "message": "1 of 1",
                "remedy": "It goes on.",
            },
            "until": "2026-11-22T12:00:00+00:00",
            "lacks": None,
        },
    ]


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


@given(EXPLAINED)
def test_no_line_is_wider_than_the_page_nor_commands_the_terminal(told: ExplainedService) -> None:
    text = page(told, every=True)

    assert [line for line in text.splitlines() if cell_len(line) > PAGE.width] == []
    assert [one for one in text if not one.isprintable() and one != "\n"] == []


@given(EXPLAINED)
def test_whatever_is_explained_can_be_written_in_every_form(told: ExplainedService) -> None:
    assert explained_service.render(told, every=True)
    (entry,) = builtin_json.loads(json.render(structure.structure(told)))["explained"]
    assert entry["arn"] == told.outcome.ref.arn
