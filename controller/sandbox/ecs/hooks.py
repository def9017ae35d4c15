"""Lifecycle hooks: what waits for a person, what waits for a Lambda function, and for how long."""

from __future__ import annotations

from controller.sandbox.behaviour import Behaviour
from controller.sandbox.state import Hook, Region, ServiceDeployment
from controller.sandbox.wire import Json

_OPEN = ("AWAITING_ACTION", "IN_PROGRESS")
_MINUTES = 1440  # [fact 1.24]


def call_hooks(region: Region, change: ServiceDeployment, stage: str, *, now: float) -> None:
    """Begin with every hook of a stage [fact 1.24]. UNVERIFIED: that all of them at once."""
    for configured in change.configuration.get("lifecycleHooks") or []:
        if stage not in configured["lifecycleStages"]:
            continue
        kind = configured.get("targetType", "AWS_LAMBDA")
        timeout = configured.get("timeoutConfiguration") or {}
        change.hooks.append(
            Hook(
                id=region.opaque(),
                target_type=kind,
                target_arn=configured.get("hookTargetArn"),
                expires=now + timeout.get("timeoutInMinutes", _MINUTES) * 60,
                timeout_action=timeout.get("action", "ROLLBACK"),
                status="AWAITING_ACTION" if kind == "PAUSE" else "IN_PROGRESS",
            )
        )


def settle_hooks(change: ServiceDeployment, behaviour: Behaviour, *, now: float) -> str | None:
    """Let functions answer and time run out; why the deployment must go back, or None.

    Wordings UNVERIFIED.
    """
    for hook in change.hooks:
        if hook.status == "IN_PROGRESS":
            hook.status = behaviour.lambda_hooks
            if hook.status == "FAILED":
                return "Service deployment rolled back because a lifecycle hook failed."
        if hook.status in _OPEN and now >= hook.expires:
            hook.status = "TIMED_OUT"
            if hook.timeout_action == "ROLLBACK":
                return "Service deployment rolled back because a lifecycle hook timed out."
    return None


def is_held(change: ServiceDeployment) -> bool:
    """Whether somebody has not answered yet."""
    return any(hook.status in _OPEN for hook in change.hooks)


def hook_answer(hook: Hook) -> Json:
    """As ``lifecycleHookDetails`` shows it [MODEL DeploymentLifecycleHookDetail]."""
    answer = {
        "hookId": hook.id,
        "targetType": hook.target_type,
        "targetArn": hook.target_arn,
        "status": hook.status,
        "expiresAt": hook.expires,
        "timeoutAction": hook.timeout_action,
    }
    return {member: value for member, value in answer.items() if value is not None}
