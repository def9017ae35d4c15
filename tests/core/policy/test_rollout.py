"""Waves, windows and limits of failures: what may be written, and what is wrong where."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from controller.core.policy.model import LoggingPolicy, OnRelease, Promotion
from tests.core.policy.test_extends import policies_of
from tests.core.policy.written import SMALLEST, parsed, places, policy_from


def rollout(*lines: str) -> str:
    """Return a policy whose rollout has these lines, of which the first is the eighth of all."""
    return SMALLEST + "  rollout:\n" + "".join(f"    {line}\n" for line in lines)


def windows(*written: str) -> str:
    return rollout("windows:", *(f"  - {one}" for one in written))


def test_without_a_word_all_services_are_one_wave_at_any_time() -> None:
    one = policy_from("").rollout

    assert (one.waves, one.windows) == ((), ())
    assert (one.max_failures.in_a_row, one.max_failures.share) == (2, None)
    assert (one.latch_retry, one.settle) == (timedelta(days=7), timedelta(minutes=10))
    assert (one.on_release, one.max_recorrections) == (OnRelease.CORRECT, 2)


def test_a_number_of_failures_stands_for_so_many_in_a_row() -> None:
    one = policy_from("  rollout: {maxFailures: 3}\n").rollout.max_failures

    assert (one.in_a_row, one.share, one.of_last) == (3, None, 20)


def test_failures_may_be_a_share_of_the_last() -> None:
    one = policy_from("  rollout: {maxFailures: {share: 20%, ofLast: 10}}\n").rollout.max_failures

    assert (one.in_a_row, one.share, one.of_last) == (2, Decimal("0.2"), 10)


def test_a_wave_has_a_pace_of_its_own_and_the_last_has_the_rest() -> None:
    lines = (
        "waves:",
        "  - {name: test, match: [{clusters: [test]}], maxConcurrent: {total: 5},",
        "     bake: 1h, promotion: Manual}",
        "  - {name: others}",
    )
    result = parsed(rollout(*lines))
    assert result.policies is not None
    test, rest = result.policies.policies[0].rollout.waves

    assert test.max_concurrent is not None
    assert (test.max_concurrent.total, test.bake) == (5, timedelta(hours=1))
    assert test.promotion is Promotion.MANUAL
    assert (rest.match, rest.bake, rest.promotion) == ((), timedelta(minutes=10), "Automatic")


@pytest.mark.parametrize(
    ("window", "place", "message"),
    [
        ("{zone: UTC}", "9:9 MissingKey", "a window needs the key `allow` or `deny`"),
        (
            "{zone: UTC, allow: {from: 01:00, to: 02:00}, deny: {from: 01:00, to: 02:00}}",
            "9:60 InvalidValue",
            "a window either allows or denies",
        ),
        ("{allow: {from: 01:00, to: 02:00}}", "9:9 MissingKey", "this needs the key `zone`"),
        (
            "{zone: Europe/Berln, allow: {from: 01:00, to: 02:00}}",
            "9:16 InvalidValue",
            "there is no time zone `Europe/Berln`",
        ),
        (
            "{zone: localtime, allow: {from: 01:00, to: 02:00}}",
            "9:16 InvalidValue",
            "there is no time zone `localtime`",
        ),
        (
            "{zone: UTC, allow: {}}",
            "9:28 MissingKey",
            "it is not said when this window begins",
        ),
        (
            '{zone: UTC, allow: {cron: "0 22 * *", duration: 4h}}',
            "9:35 InvalidValue",
            "a window begins at a certain minute, by five fields",
        ),
        (
            '{zone: UTC, allow: {cron: "* 22 * * *", duration: 4h}}',
            "9:35 InvalidValue",
            "a window begins at a certain minute, by five fields",
        ),
        (
            "{zone: UTC, allow: {cron: 0 25 * * 1-5, duration: 4h}}",
            "9:35 InvalidValue",
            "Bad hour in `0 25 * * 1-5`",
        ),
        (
            "{zone: UTC, allow: {cron: 0 22 31 4 *, duration: 4h}}",
            "9:35 InvalidValue",
            "Bad day-of-month in `0 22 31 4 *`",
        ),
        (
            "{zone: UTC, allow: {cron: 0 22 * * 1-5}}",
            "9:28 MissingKey",
            "a window that begins by `cron` needs the key `duration`",
        ),
        (
            "{zone: UTC, allow: {cron: 0 22 * * 1-5, duration: 400d}}",
            "9:59 InvalidValue",
            "no window lasts longer than a year",
        ),
        (
            "{zone: UTC, allow: {cron: 0 22 * * 1-5, duration: 4h, to: 23:00}}",
            "9:67 InvalidValue",
            "a window begins by `cron` or by `from`, not by both",
        ),
        (
            "{zone: UTC, allow: {days: [Mon], from: 22:00}}",
            "9:28 MissingKey",
            "a window that begins by `from` needs the key `to`",
        ),
        (
            "{zone: UTC, allow: {days: [Monday], from: 22:00, to: 23:00}}",
            "9:36 InvalidValue",
            "`Monday` is not one of: Mon, Tue, Wed, Thu, Fri, Sat, Sun",
        ),
        (
            "{zone: UTC, allow: {from: 22:00, to: 22:00}}",
            "9:46 InvalidValue",
            "this window ends as it begins",
        ),
        (
            "{zone: UTC, allow: {from: 24:00, to: 22:00}}",
            "9:35 InvalidValue",
            "no day begins at its end",
        ),
        (
            "{zone: UTC, allow: {from: 9:00, to: 22:00}}",
            "9:35 InvalidValue",
            "`9:00` is no time of a day",
        ),
        (
            "{zone: UTC, allow: {from: 09:00, to: 22:00, duration: 4h}}",
            "9:63 InvalidValue",
            "`duration` belongs to `cron`",
        ),
    ],
)
def test_a_window_that_cannot_be_is_told_at_its_place(
    window: str, place: str, message: str
) -> None:
    (problem,) = parsed(windows(window)).problems

    assert (f"{problem.line}:{problem.column} {problem.reason}", problem.message) == (
        place,
        message,
    )


def test_all_that_is_wrong_with_waves_and_windows_is_told_at_once() -> None:
    text = rollout(
        "waves:",
        "  - {name: one}",
        "  - {name: one, match: [{services: [web/x]}]}",
        "windows:",
        "  - {zone: Berlin, deny: {cron: hourly, duration: 1h}}",
        "  - {zone: UTC, deny: {from: 01:00}}",
        "maxFailures: 0",
        "maxRecorrections: -1",
        "onRelease: correct",
    )

    assert places(parsed(text)) == [
        "a.yaml:9:9 InvalidValue",
        "a.yaml:10:16 DuplicateName",
        "a.yaml:10:41 InvalidValue",
        "a.yaml:12:16 InvalidValue",
        "a.yaml:12:37 InvalidValue",
        "a.yaml:13:27 MissingKey",
        "a.yaml:14:18 InvalidValue",
        "a.yaml:15:23 InvalidValue",
        "a.yaml:16:16 InvalidValue",
    ]


def test_a_zone_that_was_misspelt_is_guessed() -> None:
    (problem,) = parsed(windows("{zone: Europe/Berln, deny: {from: 01:00, to: 02:00}}")).problems

    assert problem.hint == "did you mean Europe/Berlin?"


BASE = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: base}
spec:
  priority: 7
  match: [{clusters: ["*"]}]
  destinations: [{awslogs: {group: "/ecs/{cluster}", streamPrefix: "{service}"}}]
  owners: {cdk: Audit, named: [{name: ci, principals: ["*"]}]}
  rollout:
    maxFailures: {inARow: 3, share: 10%}
    windows: [{zone: UTC, deny: {from: 01:00, to: 02:00}}]
    waves: [{name: others}]
"""


def heir_of_base(spec: str) -> LoggingPolicy:
    heir = f"""\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {{name: heir}}
spec:
  extends: base
  priority: 9
{spec}"""
    return policies_of(BASE, heir)["heir"]


def test_limits_of_failures_are_merged_and_lists_replaced_where_a_policy_extends_another() -> None:
    one = heir_of_base("  rollout: {maxFailures: {ofLast: 5}, windows: []}\n").rollout

    limits = one.max_failures
    assert (limits.in_a_row, limits.share, limits.of_last) == (3, Decimal("0.1"), 5)
    assert one.windows == ()
    assert [wave.name for wave in one.waves] == ["others"]


def test_a_number_of_failures_takes_the_place_of_all_that_another_policy_says_of_them() -> None:
    limits = heir_of_base("  rollout: {maxFailures: 1}\n").rollout.max_failures

    assert (limits.in_a_row, limits.share) == (1, None)


def test_owners_are_merged_and_the_named_ones_replaced() -> None:
    owners = heir_of_base("  owners: {named: [{name: tf, tags: {by: terraform}}]}\n").owners

    assert owners.cdk == "Audit"
    assert [one.name for one in owners.named] == ["tf"]


@pytest.mark.parametrize(
    ("owners", "place"),
    [
        ("{named: [{name: tf}]}", "7:20 MissingKey"),
        ("{named: [{name: tf, tags: {}}]}", "7:37 InvalidValue"),
        ("{named: [{name: a, tags: {b: c}}, {name: a, tags: {b: c}}]}", "7:52 DuplicateName"),
        ('{named: [{name: a, tags: {b: c}, principals: [""]}]}', "7:57 InvalidValue"),
    ],
)
def test_an_owner_by_which_nothing_is_known_is_told_at_its_place(owners: str, place: str) -> None:
    assert places(parsed(f"{SMALLEST}  owners: {owners}\n"))[0] == f"a.yaml:{place}"


def test_no_wave_is_called_what_the_services_are_that_no_wave_selects() -> None:
    said = parsed(rollout("waves: [{name: rest}]")).problems

    assert [one.message for one in said] == [
        "`rest` is what the services are called that no wave selects"
    ]
