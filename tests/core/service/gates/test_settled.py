"""A release over ours settles before it is corrected, or is only reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.settled import settled
from controller.core.service.observed import NOT_ASKED
from controller.core.service.revision import Revision
from tests.core.service.gates.asked import asked, waits_until
from tests.core.service.gates.releases import HOUR, approved, release, released, reverted, told
from tests.core.service.given import NOW, policy
from tests.core.service.scene import A_DRIFTED_SERVICE, UNREADABLE, history

# ── what cannot be told ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gate", [conflict, settled])
@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        pytest.param({"history": NOT_ASKED}, "look at history", id="history not asked"),
        pytest.param({"history": UNREADABLE}, "AccessDenied", id="history not readable"),
        pytest.param({"history": history(complete=False)}, "Unknown", id="history cut"),
        pytest.param({"history": history()}, None, id="history empty and complete"),
    ],
)
def test_a_history_that_is_not_known_forbids_the_roll(
    gate: Any, parts: dict[str, object], answer: str | None
) -> None:
    assert asked(gate, A_DRIFTED_SERVICE.but(**parts)) == answer


# ── settling ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ago", "answer"),
    [
        pytest.param(0, "Settling", id="just now"),
        pytest.param(9.99, "Settling", id="nearly ten minutes ago"),
        pytest.param(10, None, id="ten minutes ago"),
    ],
)
@pytest.mark.parametrize("ran", [released(1), reverted(1)], ids=["a release", "a revert"])
def test_what_was_deployed_over_ours_settles_before_it_is_corrected(
    ago: float, answer: str | None, ran: list[Revision]
) -> None:
    ended = NOW - timedelta(minutes=ago)
    scene = told(ran, last=ended)

    assert asked(settled, scene) == answer
    if answer is not None:
        assert waits_until(settled, scene) == ended + timedelta(minutes=10)


def test_what_was_never_corrected_need_not_settle() -> None:
    assert asked(settled, told(released(0))) is None


def test_each_further_release_settles_anew() -> None:
    assert asked(settled, told([*released(1), release(7)])) == "Settling"


def test_how_long_it_settles_is_the_policys() -> None:
    scene = told(released(1), last=NOW - HOUR)

    assert asked(settled, scene.but(policy=policy(rollout={"settle": "2h"}))) == "Settling"


# ── only reporting ────────────────────────────────────────────────────────────────────────────────

REPORTING = policy(rollout={"on_release": "Report"})


@pytest.mark.parametrize(
    ("ran", "answer"),
    [
        pytest.param(released(0), None, id="the first correction is made"),
        pytest.param(released(1), "ReleaseReported", id="a release"),
        pytest.param([*released(1), release(7)], "ReleaseReported", id="and another one"),
        pytest.param(reverted(1), "ReleaseReported", id="a revert"),
    ],
)
def test_a_release_over_ours_is_only_reported_where_the_policy_says_so(
    ran: list[Revision], answer: str | None
) -> None:
    scene = told(ran, last=NOW - HOUR)

    assert asked(settled, scene.but(policy=REPORTING)) == answer
    assert asked(settled, approved(scene, NOW).but(policy=REPORTING)) is None
    assert asked(settled, scene) is None
