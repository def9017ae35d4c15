"""What changes for whom, and what the controller would say of the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.judge.finding import EXEMPT
from controller.core.policy_impact.compare import compare
from controller.core.policy_impact.model import Difference, Impact, Pair
from controller.core.reason import Sync
from controller.core.refs import ClusterRef
from controller.core.state.impact import UNREAD
from controller.core.state.model import ClusterState, Unknown
from tests.core.policy_impact.given import (
    NEW,
    NOTHING,
    OLD,
    claim,
    judged,
    sighting,
    web,
)
from tests.core.service.given import GROUP
from tests.report.reports import finding, outcome

PROD: ClusterRef = web().cluster_ref
WANTED = st.none() | st.sampled_from("ab")


def wanting(*wants: tuple[str | None, str | None]) -> Impact:
    """Return the impact where services want these documents under the old set and the new one."""
    old, new = (
        judged(policies, *(sighting(web(at), each[side]) for at, each in enumerate(wants)))
        for side, policies in enumerate((OLD, NEW))
    )
    return compare(old, new, {})


def code(impact: Impact) -> str | None:
    return None if impact.held is None else impact.held.code


# ── target by target ──────────────────────────────────────────────────────────────────────────────


def test_two_sets_that_say_the_same_have_no_impact() -> None:
    impact = wanting((None, None), ("a", "a"))

    assert impact.affected == ()
    assert impact.new_writes == ()
    assert (impact.measure.changed, impact.held) == (0, None)


@pytest.mark.parametrize(
    ("old", "new", "is_new"),
    [(None, "a", True), ("a", "b", True), ("a", "a", False), ("a", None, False)],
)
def test_a_write_is_new_where_the_old_set_would_not_make_the_same(
    old: str | None, new: str | None, *, is_new: bool
) -> None:
    (target,) = wanting((old, new)).targets

    assert target.is_new_write is is_new
    assert target.is_affected is (old != new)
    assert target.written == Pair(old is not None, new is not None)


def test_a_service_that_comes_under_a_policy_is_told_with_where_it_would_log() -> None:
    old = judged(
        NOTHING,
        sighting(web(), governed=False),
        logs_to={web(): {"app": "json-file", "envoy": "nowhere"}},
    )
    new = judged(OLD, sighting(web()), logs_to={web(): {"app": "awslogs /a", "envoy": "nowhere"}})

    (target,) = compare(old, new, {}).affected

    assert target.policy == Pair(None, "production")
    assert target.sync == Pair(Sync.UNGOVERNED, Sync.COMPLIANT)
    assert target.differences == (Difference("app", "json-file", "awslogs /a"),)


def test_findings_are_told_that_only_one_of_the_sets_has() -> None:
    kept, other = finding(), replace(finding(), id="0" * 12, rule="log-driver")
    exempt = replace(kept, blocked=EXEMPT, exempt_by="vendor")
    before = judged(OLD, sighting(web()), outcomes=(outcome(web(), findings=(kept, other)),))
    after = judged(NEW, sighting(web()), outcomes=(outcome(web(), findings=(exempt,)),))

    impact = compare(before, after, {})

    (target,) = impact.affected
    assert (target.added, target.removed) == ((exempt,), (kept, other))
    assert impact.counts["exempt findings"] == Pair(0, 1)


def test_a_finding_that_is_now_enforced_is_no_other_finding() -> None:
    audit = outcome(web(), Sync.DRIFTED, findings=(finding(blocked="AuditOnly"),))
    enforce = outcome(web(), Sync.DRIFTED, findings=(finding(),))

    (target,) = compare(
        judged(OLD, sighting(web()), outcomes=(audit,)),
        judged(NEW, sighting(web(), "a"), outcomes=(enforce,)),
        {},
    ).affected

    assert (target.added, target.removed) == ((), ())
    assert target.written == Pair(old=False, new=True)


def test_of_a_log_group_it_is_told_what_is_asked_otherwise() -> None:
    told = (outcome(GROUP),)
    old = judged(OLD, sighting(web()), outcomes=told, claims={GROUP: claim(30)})
    new = judged(NEW, sighting(web()), outcomes=told, claims={GROUP: claim(90)})

    (target,) = compare(old, new, {}).affected

    assert target.differences == (Difference("retention", "30 days", "90 days"),)


def test_a_log_group_that_is_no_longer_asked_for_is_told() -> None:
    old = judged(OLD, sighting(web()), outcomes=(outcome(GROUP),), claims={GROUP: claim(None)})
    new = judged(NEW, sighting(web()), outcomes=())

    (target,) = compare(old, new, {}).affected

    assert target.sync == Pair(Sync.COMPLIANT, None)
    assert target.differences == (Difference("creation", "made if missing", None),)


def test_what_one_look_could_not_see_makes_the_impact_incomplete_and_is_told_once() -> None:
    seen = judged(OLD, sighting(web()))
    unseen = judged(NEW, sighting(web()), gaps=("eu-west-1: AccessDenied",))
    both = replace(seen, report=unseen.report)

    assert not compare(seen, seen, {}).incomplete
    assert compare(seen, unseen, {}).incomplete
    assert compare(both, unseen, {}).gaps == ("eu-west-1: AccessDenied",)


def test_clusters_are_no_targets() -> None:
    seen = judged(OLD, sighting(web()), outcomes=(outcome(PROD),))

    assert compare(seen, seen, {}).targets == ()


# ── what maxImpact would say ──────────────────────────────────────────────────────────────────────


def test_a_set_that_would_change_more_than_its_share_is_held() -> None:
    allowed = wanting(*[("a", "b")] * 2, *[("a", "a")] * 8)
    held = wanting(*[("a", "b")] * 3, *[("a", "a")] * 7)

    assert (code(allowed), code(held)) == (None, "PolicyImpact")
    assert (held.measure.changed, held.measure.governed, held.measure.most) == (3, 10, 2)
    assert held.held is not None
    assert f"approve policy {NEW.short_digest}" in held.held.remedy


def test_where_the_old_set_enforces_nothing_the_new_one_is_held_by_nothing() -> None:
    old = judged(NOTHING, *(sighting(web(at), governed=False) for at in range(10)))
    new = judged(NEW, *(sighting(web(at), "a") for at in range(10)))

    impact = compare(old, new, {PROD: ClusterState()})

    assert (len(impact.new_writes), impact.held) == (10, None)
    assert impact.measure.governed == 0


def test_a_cluster_that_remembers_some_set_is_asked_though_the_old_one_only_audits() -> None:
    old = judged(NOTHING, *(sighting(web(at), governed=False) for at in range(10)))
    new = judged(NEW, *(sighting(web(at), "a") for at in range(10)))

    impact = compare(old, new, {PROD: ClusterState(policy_digest="0" * 16, governed=10)})

    assert code(impact) == "PolicyImpact"


@pytest.mark.parametrize("state", [UNREAD, ClusterState()])
def test_where_the_old_set_enforces_it_is_taken_to_be_in_force(
    state: ClusterState | Unknown,
) -> None:
    old, new = judged(OLD, sighting(web())), judged(NEW, sighting(web(), governed=False))

    impact = compare(old, new, {PROD: state})

    assert impact.held is not None
    assert "govern nothing in the cluster prod" in impact.held.message


def test_an_approval_that_was_given_holds() -> None:
    wants = [sighting(web(at), "a") for at in range(10)]
    states = {PROD: ClusterState(approved_policy=NEW.short_digest)}
    old = judged(OLD, *(sighting(web(at)) for at in range(10)))

    assert compare(old, judged(NEW, *wants), states).held is None


@given(st.lists(st.tuples(WANTED, WANTED), min_size=1, max_size=12))
def test_what_is_measured_is_what_is_newly_written(
    wants: list[tuple[str | None, str | None]],
) -> None:
    impact = wanting(*wants)

    assert impact.measure.changed == len(impact.new_writes)
    assert {one.ref for one in impact.new_writes} <= {one.ref for one in impact.affected}
    assert (impact.held is not None) == (impact.measure.changed > impact.measure.most)
