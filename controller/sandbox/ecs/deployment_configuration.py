"""How a service is to be deployed: what ECS fills in, what it refuses, what is not simulated."""

from __future__ import annotations

from controller.sandbox.wire import Json, Unimplemented, invalid

STRATEGIES = ("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY")  # [fact 1.23]
# Stages at which nothing can pause [MODEL DeploymentLifecycleHook].
_NO_PAUSE = ("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT")
_MOST_MINUTES = 1440
# member, least and most percent, minutes [fact 1.23]
_STEPS = (
    ("canaryConfiguration", "canaryPercent", 0.1, "canaryBakeTimeInMinutes"),
    ("linearConfiguration", "stepPercent", 3.0, "stepBakeTimeInMinutes"),
)


def deployment_configuration(given: Json | None, *, daemon: bool) -> Json:
    """What is given, over the defaults: 100/200, for daemons 0/100 [facts 4.14, 4.15]."""
    breaker = {"enable": False, "rollback": False}
    percents = (100, 0) if daemon else (200, 100)
    return {
        "deploymentCircuitBreaker": breaker,
        "maximumPercent": percents[0],
        "minimumHealthyPercent": percents[1],
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
        **(given or {}),
    }


def refuse_configuration(given: Json | None, *, controller: str, daemon: bool) -> None:
    """Raise what ECS refuses, wordings UNVERIFIED, and Unimplemented for what is not simulated."""
    configuration = given or {}
    strategy = configuration.get("strategy", "ROLLING")
    if strategy not in STRATEGIES:
        raise invalid(f"strategy must be one of {', '.join(STRATEGIES)}.")
    if strategy != "ROLLING":
        if controller != "ECS" or daemon:  # [fact 1.23]; UNVERIFIED for daemons
            raise invalid(f"The {strategy} strategy is not supported for this service.")
        if strategy == "BLUE_GREEN" and "bakeTimeInMinutes" not in configuration:
            raise invalid("bakeTimeInMinutes must be provided for the BLUE_GREEN strategy.")
    _refuse_numbers(configuration)
    for hook in configuration.get("lifecycleHooks") or []:
        _refuse_hook(hook)
    _refuse_unsimulated(configuration, strategy)


def _refuse_numbers(configuration: Json) -> None:
    _refuse_minutes(configuration, "bakeTimeInMinutes")
    for member, percent, least, minutes in _STEPS:
        told = configuration.get(member) or {}
        if not least <= told.get(percent, least) <= 100:  # noqa: PLR2004  # per cent
            raise invalid(f"{percent} must be between {least} and 100.")
        _refuse_minutes(told, minutes)


def _refuse_minutes(told: Json, member: str) -> None:
    if not 0 <= told.get(member, 0) <= _MOST_MINUTES:
        raise invalid(f"{member} must be between 0 and {_MOST_MINUTES}.")


def _refuse_hook(hook: Json) -> None:
    """[MODEL DeploymentLifecycleHook]."""
    kind = hook.get("targetType", "AWS_LAMBDA")
    stages = hook.get("lifecycleStages")
    if not stages:
        raise invalid("lifecycleStages must be provided for a lifecycle hook.")
    if kind == "PAUSE" and not set(stages).isdisjoint(_NO_PAUSE):
        raise invalid(f"A PAUSE hook cannot be configured at {' or '.join(_NO_PAUSE)}.")
    if kind == "AWS_LAMBDA" and "hookTargetArn" not in hook:
        raise invalid("hookTargetArn must be provided for an AWS_LAMBDA lifecycle hook.")


def _refuse_unsimulated(configuration: Json, strategy: str) -> None:
    """What is not simulated must not look as if it were."""
    if (configuration.get("earlySuccessCriteria") or {}).get("enable"):
        raise Unimplemented("early success criteria of deployments are not simulated")
    if strategy == "ROLLING" and configuration.get("lifecycleHooks"):
        raise Unimplemented("lifecycle hooks of rolling deployments are not simulated")
