"""The kinds of documents: what each states, and every problem of any of them at its place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from tests.core.policy.test_schema import faults
from tests.core.policy.written import SMALLEST, parsed, places

EXCEPTION = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: billing}
spec:
  rules: [log-driver]
  match: [{services: [billing]}]
  reason: vendor image
  expires: 2027-03-31
"""
POLICY_SET = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicySet
spec: {maxImpact: 35%}
"""


def policies_of(*texts: str) -> PolicySet:
    result = parsed(*texts)
    assert result.problems == ()
    assert result.policies is not None
    return result.policies


def exception_of(text: str) -> PolicyException:
    [exception] = policies_of(SMALLEST, text).exceptions
    return exception


def test_an_exception_says_what_is_exempt_why_and_until_when() -> None:
    exception = exception_of(EXCEPTION + "  owner: payments\n  ticket: LOG-12\n")

    assert (exception.name, exception.rules, exception.reason) == (
        "billing",
        ("log-driver",),
        "vendor image",
    )
    assert (exception.owner, exception.ticket) == ("payments", "LOG-12")
    assert (exception.expires, exception.containers) == (date(2027, 3, 31), None)


@pytest.mark.parametrize("written", ["2027-03-31", '"2027-03-31"', "'2027-03-31'"])
def test_a_day_is_a_day_with_quotes_and_without(written: str) -> None:
    text = EXCEPTION.replace("2027-03-31", written)

    assert exception_of(text).ends == datetime(2027, 4, 1, tzinfo=UTC)
    assert faults(text) == []


def test_an_exception_holds_to_the_end_of_its_last_day() -> None:
    exception = exception_of(EXCEPTION)

    assert not exception.is_over(datetime(2027, 3, 31, 23, 59, 59, 999999, UTC))
    assert exception.is_over(datetime(2027, 4, 1, tzinfo=UTC))


def test_an_exception_of_the_last_day_that_there_is_ends_all_the_same() -> None:
    exception = exception_of(EXCEPTION.replace("2027-03-31", "9999-12-31"))

    assert not exception.is_over(datetime(9999, 12, 31, tzinfo=UTC))


def test_an_exception_that_is_over_is_loaded_like_any_other() -> None:
    assert exception_of(EXCEPTION.replace("2027", "2001")).expires == date(2001, 3, 31)


@pytest.mark.parametrize(
    ("rules", "covered"), [("[log-driver]", (True, False)), ('["*"]', (True, True))]
)
def test_an_exception_covers_the_rules_that_it_names(
    rules: str, covered: tuple[bool, bool]
) -> None:
    exception = exception_of(EXCEPTION.replace("[log-driver]", rules))

    assert (exception.covers("log-driver"), exception.covers("delivery-mode")) == covered


@pytest.mark.parametrize("key", ["rules", "match", "reason", "expires"])
def test_what_an_exception_needs_is_told_where_it_lacks(key: str) -> None:
    lines = [line for line in EXCEPTION.splitlines() if not line.startswith(f"  {key}:")]
    [problem] = parsed("\n".join(lines)).problems

    assert (problem.reason, problem.line) == ("MissingKey", 4)
    assert f"`{key}`" in problem.message


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("  rules: [log-drivr]", "5:11 UnknownRule", "did you mean `log-driver`?"),
        ("  rules: []", "5:10 InvalidValue", None),
        ("  expires: 2027-02-30", "8:12 InvalidValue", "write year, month and day: 2027-03-31"),
        ("  expires: tomorrow", "8:12 InvalidValue", "write year, month and day: 2027-03-31"),
        ("  expires: 31.3.2027", "8:12 InvalidValue", "write year, month and day: 2027-03-31"),
        ("  match: []", "6:10 InvalidValue", None),
        ("  reasn: x", "9:3 UnknownKey", "did you mean `reason`?"),
        ("  mode: Audit", "9:3 UnknownKey", None),
    ],
)
def test_what_is_wrong_with_an_exception_is_told_at_its_place(
    line: str, place: str, hint: str | None
) -> None:
    key = line.split(":", maxsplit=1)[0]
    kept = [line if one.startswith(f"{key}:") else one for one in EXCEPTION.splitlines()]
    text = "\n".join(kept if line in kept else [*kept, line])
    [problem] = parsed(text).problems

    assert places(parsed(text)) == [f"a.yaml:{place}"]
    if hint is not None:
        assert problem.hint == hint


OF_SOME = "  containers: [{names: [app]}]\n"
OF_LOG_GROUPS = ("log-group-kms", "log-group-retention")


@pytest.mark.parametrize("rules", ["[log-group-retention]", "[log-group-kms, log-group-retention]"])
def test_an_exception_for_containers_from_rules_that_look_at_none_is_refused(rules: str) -> None:
    text = EXCEPTION.replace("[log-driver]", rules)

    assert parsed(text, of_log_groups=OF_LOG_GROUPS).problems == ()
    refused = parsed(text + OF_SOME, of_log_groups=OF_LOG_GROUPS)
    [problem] = refused.problems
    assert places(refused) == ["a.yaml:9:3 InvalidValue"]
    assert "rules of log groups are of no container" in problem.message


@pytest.mark.parametrize("rules", ['["*"]', "[log-driver]", "[log-driver, log-group-retention]"])
def test_an_exception_for_containers_from_rules_that_look_at_some_is_none_for_groups(
    rules: str,
) -> None:
    text = EXCEPTION.replace("[log-driver]", rules) + OF_SOME

    assert parsed(text, of_log_groups=OF_LOG_GROUPS).problems == ()


def test_an_exception_that_is_for_nothing_is_told_beside_all_else_that_is_wrong() -> None:
    text = EXCEPTION.replace("[log-driver]", "[log-group-kms]").replace("reason", "reasn")

    assert places(parsed(text + OF_SOME, of_log_groups=OF_LOG_GROUPS)) == [
        "a.yaml:4:1 MissingKey",
        "a.yaml:7:3 UnknownKey",
        "a.yaml:9:3 InvalidValue",
    ]


def test_a_set_says_how_much_may_change_at_once() -> None:
    assert policies_of(SMALLEST, POLICY_SET).max_impact == 35
    assert policies_of(SMALLEST).max_impact == 20
    assert faults(POLICY_SET) == []


@pytest.mark.parametrize("share", ["35", "0.2", "101%", "-1%", "2.5%"])
def test_a_share_that_is_no_whole_percentage_is_refused(share: str) -> None:
    text = POLICY_SET.replace("35%", share)

    assert places(parsed(SMALLEST, text)) == ["b.yaml:3:19 InvalidValue"]
    assert faults(text) != []


def test_there_is_one_set_in_all_files() -> None:
    [problem] = parsed(SMALLEST, POLICY_SET, f"---\n{POLICY_SET}").problems

    assert (problem.file, problem.line, problem.reason) == ("c.yaml", 3, "DuplicateName")
    assert "b.yaml:2:1" in problem.message


def test_two_exceptions_have_two_names() -> None:
    [problem] = parsed(EXCEPTION, EXCEPTION).problems

    assert (problem.file, problem.reason) == ("b.yaml", "DuplicateName")
    assert "a.yaml:3:12" in problem.message


def test_a_policy_and_an_exception_may_have_one_name() -> None:
    assert policies_of(SMALLEST, EXCEPTION.replace("billing}", "small}")).exceptions


def test_all_kinds_may_stand_in_one_file() -> None:
    together = policies_of(f"{SMALLEST}---\n{EXCEPTION}---\n{POLICY_SET}")

    assert (len(together.policies), len(together.exceptions), together.max_impact) == (1, 1, 35)


def test_the_problems_of_all_kinds_are_told_at_once_and_in_order() -> None:
    text = "---\n".join(
        (
            POLICY_SET.replace("maxImpact", "maxImpakt"),
            EXCEPTION.replace("log-driver", "x"),
            SMALLEST.replace("match", "matches"),
        )
    )

    assert places(parsed(text)) == [
        "a.yaml:3:8 UnknownKey",
        "a.yaml:9:11 UnknownRule",
        "a.yaml:17:1 MissingKey",
        "a.yaml:18:3 UnknownKey",
    ]


def test_a_kind_that_nobody_knows_gets_a_suggestion() -> None:
    [problem] = parsed(EXCEPTION.replace("PolicyException", "PolicyExeption")).problems

    assert problem.hint == "did you mean PolicyException?"


def test_an_editor_sees_nothing_wrong_with_a_good_exception() -> None:
    assert faults(EXCEPTION) == []


@pytest.mark.parametrize("line", ["  expires: tomorrow", "  rules: []", "  mode: Audit"])
def test_an_editor_sees_what_the_parser_would_refuse_of_an_exception(line: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    text = "\n".join([*(one for one in EXCEPTION.splitlines() if not one.startswith(key)), line])

    assert faults(text) != []
    assert parsed(text).problems != ()


def test_the_digest_says_whether_exceptions_and_the_set_say_the_same() -> None:
    plain = policies_of(SMALLEST)

    assert policies_of(SMALLEST, EXCEPTION).digest != plain.digest
    assert policies_of(SMALLEST, POLICY_SET).digest != plain.digest
    assert policies_of(SMALLEST, POLICY_SET.replace("35%", "20%")).digest == plain.digest
    assert (
        policies_of(SMALLEST, EXCEPTION).digest
        == policies_of(EXCEPTION.replace("2027-03-31", '"2027-03-31"'), SMALLEST).digest
    )
    assert (
        policies_of(SMALLEST, EXCEPTION.replace("03-31", "04-01")).digest
        != policies_of(SMALLEST, EXCEPTION).digest
    )


def test_a_grace_period_needs_a_day_to_count_from() -> None:
    [problem] = parsed(SMALLEST + "  gracePeriod: 7d\n").problems

    assert (problem.line, problem.column, problem.reason) == (7, 16, "MissingKey")
    assert problem.hint is not None
    assert "effectiveFrom" in problem.hint


def test_a_grace_period_of_nothing_needs_no_day() -> None:
    assert parsed(SMALLEST + "  gracePeriod: 0d\n").problems == ()
