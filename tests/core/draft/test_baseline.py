"""The baseline spares who violates a rule today, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from controller.app.policies import KNOWN_RULES
from controller.core.draft.baseline import Spared, baseline
from controller.core.draft.text import baseline_text, text_of
from controller.core.judge.finding import EXEMPT, UNKNOWN
from controller.core.policy.parse import parse
from controller.core.policy.problem import Source
from controller.core.policy.select import Subject, fits_any
from controller.core.reason import Sync
from controller.core.refs import ServiceRef
from tests.core.draft.given import drafts, fleet, service
from tests.core.service.given import GROUP, NOW
from tests.report.reports import finding, outcome

WEB, API, OTHER = service("web"), service("api"), service("web", cluster="dev")
START = date(2026, 11, 22)


def subject(ref: ServiceRef) -> Subject:
    """Return what exceptions select a service by."""
    return Subject(cluster=ref.cluster, service=ref.name, region=ref.region)


def test_each_rule_spares_who_violates_it() -> None:
    driver = replace(finding(), rule="log-driver")
    found = baseline(
        [
            outcome(WEB, Sync.DRIFTED, findings=(finding(), driver)),
            outcome(API, Sync.DRIFTED, findings=(finding(),)),
            outcome(OTHER),
        ],
        {},
    )

    assert found == (Spared("delivery-mode", (API, WEB)), Spared("log-driver", (WEB,)))


@pytest.mark.parametrize("blocked", [EXEMPT, UNKNOWN])
def test_what_is_exempt_already_or_not_known_needs_no_exception(blocked: str) -> None:
    assert baseline([outcome(WEB, findings=(finding(blocked=blocked),))], {}) == ()


def test_for_a_log_group_those_are_spared_who_claim_it() -> None:
    missing = replace(finding(), rule="log-group-exists", container=None)

    found = baseline([outcome(GROUP, Sync.DRIFTED, findings=(missing,))], {GROUP: {WEB, OTHER}})

    assert found == (Spared("log-group-exists", (OTHER, WEB)),)


def test_the_text_states_exceptions_for_just_these_services_until_just_that_day() -> None:
    text = text_of(drafts(fleet({})), at=NOW) + baseline_text(
        [Spared("log-driver", (OTHER, WEB))], start=START, days=90, with_region=False
    )

    result = parse([Source("draft", text)], known_rules=KNOWN_RULES)

    assert result.policies is not None, result.problems
    (exception,) = result.policies.exceptions
    assert exception.name == "baseline-2026-11-22-log-driver"
    assert exception.reason == "baseline of 2026-11-22"
    assert exception.expires == date(2027, 2, 20)
    spared = {ref: fits_any(exception.match, subject(ref)) for ref in (WEB, API, OTHER)}
    assert spared == {WEB: True, API: False, OTHER: True}


def test_services_of_one_name_in_several_regions_are_told_apart() -> None:
    abroad = service("web", region="us-east-1")
    text = text_of(drafts(fleet({})), at=NOW) + baseline_text(
        [Spared("log-driver", (abroad,))], start=START, days=1, with_region=True
    )

    result = parse([Source("draft", text)], known_rules=KNOWN_RULES)

    assert result.policies is not None, result.problems
    (exception,) = result.policies.exceptions
    assert [fits_any(exception.match, subject(ref)) for ref in (abroad, WEB)] == [True, False]


def test_where_nothing_differs_there_is_no_baseline() -> None:
    assert baseline_text([], start=START, days=90, with_region=False) == ""
