"""What people are told besides how each target stands: of exceptions and of owners' tags."""

from __future__ import annotations

import json as stdlib
from dataclasses import replace
from datetime import UTC, date, datetime

from controller.core.notices import notices
from controller.core.policy.exception import PolicyException
from controller.core.policy.selector import Selector
from controller.core.reason import Sync
from controller.report import json, table
from controller.report.structure import structure
from tests.report.reports import PAGE, drifted, finding, outcome, report

NOW = datetime(2027, 3, 20, tzinfo=UTC)


def exception(name: str = "billing-until-q1", *, expires: str = "2027-03-31") -> PolicyException:
    return PolicyException(
        name=name,
        rules=("*",),
        match=(Selector(services=("billing",)),),
        reason="vendor image",
        expires=date.fromisoformat(expires),
        owner="payments",
    )


EXEMPT = outcome(
    sync=Sync.EXEMPT,
    findings=(replace(finding(blocked="Exempt"), exempt_by="billing-until-q1"),),
)
WARNED = replace(drifted(), warnings=("the tag ecs-logging/exempt-until=2027-01-01 is over",))


def test_an_exception_that_ends_soon_is_told_in_both_shapes() -> None:
    said = notices([EXEMPT], [exception()], whole=True, now=NOW)
    told = replace(report(EXEMPT), notices=said)

    assert "ExceptionExpiresSoon  the exception billing-until-q1 ends with" in table.render(
        told, PAGE
    )
    written = stdlib.loads(json.render(structure(told, fail_on=None)))
    assert written["summary"]["notices"] == [
        {
            "reason": "ExceptionExpiresSoon",
            "message": "the exception billing-until-q1 ends with 2027-03-31, in 12 days",
            "remedy": "What it exempts is then held to the policy (payments).",
        }
    ]
    assert written["targets"][0]["findings"][0]["exemptBy"] == "billing-until-q1"


def test_what_is_exempt_fails_nothing() -> None:
    told = report(EXEMPT)

    assert not told.incomplete
    assert not told.violates(finding().severity)


def test_an_exception_is_unused_only_where_all_was_seen() -> None:
    late = exception(expires="2028-01-01")
    dark = replace(EXEMPT, observed=False)

    assert [one.code for one in notices([drifted()], [late], whole=True, now=NOW)] == [
        "ExceptionUnused"
    ]
    assert notices([EXEMPT], [late], whole=True, now=NOW) == ()
    assert notices([drifted()], [late], whole=False, now=NOW) == ()
    assert notices([drifted(), dark], [late], whole=True, now=NOW) == ()


def test_what_is_wrong_with_an_owners_tag_is_told_with_the_service() -> None:
    [notice] = notices([WARNED], [], whole=True, now=NOW)

    assert notice.code == "OwnerTag"
    assert notice.message == "prod/web: the tag ecs-logging/exempt-until=2027-01-01 is over"
