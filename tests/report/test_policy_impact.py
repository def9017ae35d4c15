"""What is said of a change of policies: the answer, what maxImpact makes of it, and who changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy_impact.model import Difference, Impact, Pair, TargetImpact
from controller.core.reason import Reason, Sync
from controller.core.state.impact import Measure
from controller.report.markdown import policy_impact as markdown
from controller.report.policy_impact.structure import structure
from controller.report.policy_impact.text import render
from controller.report.policy_impact.words import answer, by_max_impact, gaps, written
from tests.report.reports import (
    DIGEST,
    FINDINGS,
    NOW,
    PAGE,
    REASONS,
    REFS,
    TEXTS,
    finding,
    log_group,
    service,
)
from tests.report.test_markdown import bars

SAME: Pair[str | None] = Pair("production", "production")
NEWLY_GOVERNED: Pair[str | None] = Pair(None, "production")
TO_NOTHING: Pair[str | None] = Pair(DIGEST, None)
HELD = Reason("PolicyImpact", "the policies 1 would change 12 of 40", "If meant: approve policy 1")


def target(
    number: int = 0, *, old: bool = False, new: bool = False, is_new_write: bool | None = None
) -> TargetImpact:
    """Return what changes for a service: whether it is written, and nothing else."""
    return TargetImpact(
        service(f"web-{number}"),
        SAME,
        Pair(Sync.DRIFTED, Sync.DRIFTED),
        Pair(old, new),
        is_new_write=(new and not old) if is_new_write is None else is_new_write,
    )


def impact(
    *targets: TargetImpact, measure: Measure | None = None, held: Reason | None = None
) -> Impact:
    """Return an impact on these targets."""
    return Impact(
        observed_at=NOW,
        digest=Pair(DIGEST, DIGEST[::-1]),
        targets=targets,
        counts={"governed services": Pair(40, 40), "exempt services": Pair(0, 0)},
        measure=measure or Measure(0, 40, 8),
        max_impact=20,
        held=held,
        gaps=(),
        incomplete=False,
    )


def test_the_answer_is_who_is_affected_and_who_is_rolled() -> None:
    group = replace(target(new=True), ref=log_group())

    assert answer(impact()) == "No service was found."
    assert answer(impact(target())) == "Nothing changes."
    assert answer(impact(target(), target(1, new=True))) == (
        "1 of 2 services is affected; 1 service would be rolled anew."
    )
    assert answer(impact(target(old=True), group)) == (
        "1 of 1 service and 1 of 1 log group are affected; none is rolled anew."
    )


@pytest.mark.parametrize(
    ("old", "new", "is_new", "told"),
    [
        (False, False, False, "no"),
        (False, True, True, "no → yes"),
        (True, False, False, "yes → no"),
        (True, True, False, "yes"),
        (True, True, True, "yes, otherwise"),
    ],
)
def test_whether_it_is_written_is_told_for_both(
    told: str, *, old: bool, new: bool, is_new: bool
) -> None:
    assert written(target(old=old, new=new, is_new_write=is_new)) == told


def test_a_set_that_is_held_says_that_it_loads_as_audit_and_how_to_approve_it() -> None:
    told = by_max_impact(impact(target(new=True), measure=Measure(12, 40, 8), held=HELD))

    assert told == (
        "PolicyImpact (30%): the policies 1 would change 12 of 40. It would load as Audit until a "
        "person approves it. If meant: approve policy 1"
    )


def test_a_set_that_is_let_through_says_by_how_much() -> None:
    told = by_max_impact(impact(target(new=True), measure=Measure(3, 40, 8)))

    assert told.startswith("It would change 3 of 40 governed services (7%): maxImpact 20% lets 8")


def test_where_nothing_is_in_force_or_rolled_or_there_is_no_policy_it_is_said() -> None:
    first = impact(target(new=True), measure=Measure(0, 0, 1))
    nothing = replace(impact(target(old=True), held=HELD), digest=TO_NOTHING)

    assert "no policies enforce there now" in by_max_impact(first)
    assert by_max_impact(impact(target())) == ""
    assert by_max_impact(nothing).startswith("No policy at all cannot come in force")
    assert "policies 0123456789abcdef → none" in render(nothing, PAGE)


def test_what_could_not_be_judged_is_counted_by_its_reason() -> None:
    reason = Reason("NotSaved", "nobody asked")
    unknown = replace(target(), sync=Pair(Sync.DRIFTED, Sync.UNKNOWN), reason=reason)
    before = replace(target(1), sync=Pair(Sync.UNKNOWN, Sync.DRIFTED))

    assert gaps(impact(unknown, unknown, before, target(2))) == [
        "2 targets: NotSaved",
        "1 target: under the old policies alone",
    ]


def test_the_page_begins_with_the_summary_and_folds_the_details() -> None:
    one = replace(
        target(new=True),
        policy=NEWLY_GOVERNED,
        differences=(Difference("app", "json-file", "awslogs /ecs/web"),),
        added=(finding(),),
    )

    assert (
        markdown.render(impact(one, held=HELD))
        == """\
## What these policies would change

**1 of 1 service is affected; 1 service would be rolled anew.**

PolicyImpact: the policies 1 would change 12 of 40. It would load as Audit until a person approves \
it. If meant: approve policy 1

|  | old | new |
| --- | --- | --- |
| governed services | 40 | 40 |

| Target | Policy | Sync | Written |
| --- | --- | --- | --- |
| `prod/web-0` | – → production | Drifted | no → yes |

<details>
<summary>prod/web-0</summary>

|  | old → new |
| --- | --- |
| `app` | json-file → awslogs /ecs/web |

Found besides:

- High delivery-mode: container web does not hand over its logs as the policy says
</details>

Seen 2026-11-22 12:00:00 UTC, policies 0123456789abcdef → fedcba9876543210
"""
    )


def test_a_page_that_would_be_too_long_for_a_comment_says_what_it_leaves_out() -> None:
    long = Difference("app", "awslogs /" + "x" * 400, "awslogs /" + "y" * 400)
    many = [replace(target(at, new=True), differences=(long,)) for at in range(1000)]
    gaps = tuple(f"eu-west-1/{at}: AccessDenied: {'z' * 90}" for at in range(500))

    told = markdown.render(replace(impact(*many), gaps=gaps))

    assert len(told) <= markdown.LONGEST + 200
    assert told.count(" more: see `--output json`.") == 3
    assert told.count("<details>") == told.count("</details>") > 10
    assert told.rstrip().endswith("fedcba9876543210")


def test_programs_are_told_the_numbers_and_who_is_affected() -> None:
    found = impact(target(), target(1, new=True), measure=Measure(12, 40, 8), held=HELD)

    told = json.loads(json.dumps(structure(found, fail_on_writes=0)))

    assert told["summary"]["newWrites"] == 1
    assert told["summary"]["failed"] is True
    assert told["summary"]["counts"]["governed services"] == {"old": 40, "new": 40}
    assert told["maxImpact"]["held"] == "PolicyImpact"
    assert [one["name"] for one in told["targets"]] == ["web-1"]
    assert structure(found, fail_on_writes=1)["summary"] == told["summary"] | {"failed": False}


PAIRS = st.builds(Pair, TEXTS | st.none(), TEXTS | st.none())
SYNCS = st.none() | st.sampled_from(Sync)
TARGETS = st.builds(
    TargetImpact,
    ref=REFS,
    policy=PAIRS,
    sync=st.builds(Pair, SYNCS, SYNCS),
    written=st.builds(Pair, st.booleans(), st.booleans()),
    is_new_write=st.booleans(),
    added=st.lists(FINDINGS, max_size=2).map(tuple),
    removed=st.lists(FINDINGS, max_size=2).map(tuple),
    differences=st.lists(
        st.builds(Difference, TEXTS, TEXTS | st.none(), TEXTS | st.none()), max_size=2
    ).map(tuple),
    reason=REASONS | st.none(),
)


@given(st.lists(TARGETS, max_size=3))
def test_whatever_changes_the_page_is_whole_and_the_text_fits(targets: list[TargetImpact]) -> None:
    found = impact(*targets)

    assert [one for one in bars(markdown.render(found)) if len(one) != 1] == []
    assert "\x1b" not in render(found, PAGE)
