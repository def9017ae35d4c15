"""How far a service deployment has come, as it is read: strategy, stage, hooks, monitors."""

from __future__ import annotations

from datetime import UTC, datetime

from controller.aws.answer import Answer
from controller.aws.deployment_details import with_details
from controller.core.document.json import Json
from controller.core.service.deployment import Hook, PastDeployment

MOMENT = datetime.fromtimestamp(0, UTC)
BARE = PastDeployment("d1", "IN_PROGRESS", None, None, MOMENT, None)
SHOWN: dict[str, Json] = {
    "updatedAt": 60,
    "lifecycleStage": "POST_SCALE_UP",
    "statusReason": "because",
    "deploymentConfiguration": {"strategy": "BLUE_GREEN"},
    "lifecycleHookDetails": [
        {
            "hookId": "hook-1",
            "targetType": "PAUSE",
            "status": "AWAITING_ACTION",
            "expiresAt": 120,
            "timeoutAction": "ROLLBACK",
        },
        {"status": "SUCCEEDED"},
    ],
    "alarms": {"status": "TRIGGERED", "triggeredAlarmNames": ["errors"]},
    "deploymentCircuitBreaker": {"status": "MONITORING", "failureCount": 2, "threshold": 3},
}


def test_what_is_shown_is_read() -> None:
    read = with_details(BARE, Answer("DescribeServiceDeployments", SHOWN))

    assert read.updated_at == datetime.fromtimestamp(60, UTC)
    assert (read.strategy, read.stage, read.reason) == ("BLUE_GREEN", "POST_SCALE_UP", "because")
    expires = datetime.fromtimestamp(120, UTC)
    paused, called = read.hooks
    assert paused == Hook("hook-1", "AWAITING_ACTION", "PAUSE", expires, "ROLLBACK")
    assert paused.awaits_a_person
    assert called == Hook("", "SUCCEEDED")
    assert not called.awaits_a_person
    assert (read.alarms, read.triggered) == ("TRIGGERED", ("errors",))
    assert (read.breaker, read.failures) == ("MONITORING", 2)


def test_what_is_not_shown_is_not_known() -> None:
    assert with_details(BARE, Answer("DescribeServiceDeployments", {})) == BARE
