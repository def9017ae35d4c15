"""How far a service deployment has come: its strategy, stage and hooks, and what watches it."""

from __future__ import annotations

from dataclasses import replace

from controller.aws.answer import Answer
from controller.core.document.json import items, members, text
from controller.core.service.deployment import Hook, PastDeployment


def with_details(past: PastDeployment, answer: Answer) -> PastDeployment:
    """Return *past* with what else DescribeServiceDeployments shows of it [facts 1.24, 1.25].

    All of it may be missing: older deployments, and some strategies, have less.
    """
    shown = answer.document
    alarms, breaker = members(shown.get("alarms")), members(shown.get("deploymentCircuitBreaker"))
    named = (text(one) for one in items(alarms.get("triggeredAlarmNames")))
    failures = breaker.get("failureCount")
    return replace(
        past,
        updated_at=answer.moment_if_any("updatedAt"),
        strategy=text(members(shown.get("deploymentConfiguration")).get("strategy")),
        stage=text(shown.get("lifecycleStage")),
        hooks=_hooks(answer),
        reason=text(shown.get("statusReason")),
        alarms=text(alarms.get("status")),
        triggered=tuple(name for name in named if name is not None),
        breaker=text(breaker.get("status")),
        failures=failures if isinstance(failures, int) else 0,
    )


def _hooks(answer: Answer) -> tuple[Hook, ...]:
    if not items(answer.document.get("lifecycleHookDetails")):
        return ()
    return tuple(_hook(one) for one in answer.parts("lifecycleHookDetails"))


def _hook(answer: Answer) -> Hook:
    shown = answer.document
    return Hook(
        id=text(shown.get("hookId")) or "",
        status=text(shown.get("status")) or "",
        target=text(shown.get("targetType")) or "AWS_LAMBDA",
        expires_at=answer.moment_if_any("expiresAt"),
        action=text(shown.get("timeoutAction")),
    )
