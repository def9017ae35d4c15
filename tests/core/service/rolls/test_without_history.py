"""A roll whose history may not be read any more: it is judged by what the service shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.core.service.given import ago
from tests.core.service.rolls.given import TWO, broken, kind_of, rolling, seen
from tests.core.service.scene import UNREADABLE, Scene, deployment, revision


def unread(*, registered: datetime, **how: Any) -> Scene:
    """Return our roll after ECS has refused to tell the history of the service."""
    at = {"registeredAt": registered.timestamp()}
    two = replace(TWO, document={**TWO.document, **at})
    return rolling(**how).but(revision=two, history=UNREADABLE)


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        pytest.param({"started": 3, "old": 2}, "Rolling", id="it goes on"),
        pytest.param({"started": 20, "old": 2}, "Failed", id="it makes no progress"),
        pytest.param({"started": 3, "old": 2, "state": "FAILED"}, "Failed", id="ECS gave it up"),
        pytest.param({"started": 3, "state": "COMPLETED", "running": 2}, "Baking", id="it bakes"),
    ],
)
def test_our_roll_is_seen_to_its_end(how: dict[str, Any], kind: str) -> None:
    assert kind_of(unread(registered=ago(how["started"] + 1), **how)) == kind


def test_tasks_that_cannot_log_end_it_at_once() -> None:
    scene = unread(registered=ago(4), started=3, old=2, failed=2)

    assert kind_of(scene.but(tasks=seen(broken("a"), broken("b")))) == "Failed"


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(unread(registered=ago(90), started=20), id="registered long before"),
        pytest.param(unread(registered=ago(10), started=20), id="registered after it"),
        pytest.param(
            unread(registered=ago(21), started=20).but(revision=TWO), id="nobody knows when"
        ),
        pytest.param(
            unread(registered=ago(21), started=20, configured={"strategy": "BLUE_GREEN"}),
            id="only the history tells of stages",
        ),
        pytest.param(
            unread(registered=ago(21), started=20, configured={"lifecycleHooks": [{}]}),
            id="only the history tells of hooks",
        ),
    ],
)
def test_whose_it_is_or_how_it_does_cannot_be_told(scene: Scene) -> None:
    assert kind_of(scene) == "Unclear"


def test_a_roll_over_a_release_is_not_taken_for_ours() -> None:
    scene = unread(registered=ago(21), started=20)
    release = deployment(revision(7), started=ago(30), status="ACTIVE")

    service = (*scene.service.deployments, release)
    assert kind_of(scene.with_service(deployments=service)) == "Unclear"
