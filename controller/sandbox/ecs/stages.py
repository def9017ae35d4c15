"""The lifecycle stages of deployments that shift traffic: BLUE_GREEN, LINEAR, CANARY."""

from __future__ import annotations

from collections.abc import Iterator

from controller.sandbox.state import ServiceDeployment, Shift, Step
from controller.sandbox.wire import Json

_MINUTE = 60.0
_ALL = 100.0
_LINEAR = (10.0, 6)  # percent of a step, minutes of bake after it [fact 1.23]
_CANARY = (5.0, 10)  # percent of the canary, minutes of its bake [fact 1.23]


def shift_of(change: ServiceDeployment) -> Shift | None:
    """How a new deployment will shift traffic; None where it rolls.

    UNVERIFIED: a first deployment, which has nothing to shift from, rolls here; AWS may go through
    its stages and hooks then, too.
    """
    if change.configuration["strategy"] == "ROLLING" or not change.sources:
        return None
    return Shift(steps_of(change.configuration, reconciles=len(change.sources) > 1))


def steps_of(configuration: Json, *, reconciles: bool) -> tuple[Step, ...]:
    """The stages in their order [fact 1.25], with the production traffic that each one shifts.

    RECONCILE_SERVICE only where more than one revision was active at the start. LINEAR and CANARY
    go through PRE_PRODUCTION_TRAFFIC_SHIFT and PRODUCTION_TRAFFIC_SHIFT once for each step [MODEL
    DeploymentLifecycleHookStage]. UNVERIFIED: that test traffic is shifted also where no listener
    was configured for it.
    """
    before = [Step(stage) for stage in ("PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP")]
    if reconciles:
        before.insert(0, Step("RECONCILE_SERVICE"))
    return (
        *before,
        Step("TEST_TRAFFIC_SHIFT", test_weight=_ALL),
        Step("POST_TEST_TRAFFIC_SHIFT"),
        *_shifts(configuration),
        Step("POST_PRODUCTION_TRAFFIC_SHIFT"),
        Step("BAKE_TIME", seconds=configuration["bakeTimeInMinutes"] * _MINUTE),
        Step("CLEAN_UP"),
    )


def _shifts(configuration: Json) -> Iterator[Step]:
    for weight, minutes in _weights(configuration):
        yield Step("PRE_PRODUCTION_TRAFFIC_SHIFT")
        yield Step("PRODUCTION_TRAFFIC_SHIFT", weight=weight, seconds=minutes * _MINUTE)


def _weights(configuration: Json) -> Iterator[tuple[float, float]]:
    """Percents of production traffic, with the minutes to wait after each; none after the last."""
    if configuration["strategy"] == "CANARY":
        told = configuration.get("canaryConfiguration") or {}
        percent = float(told.get("canaryPercent", _CANARY[0]))
        if percent < _ALL:
            yield percent, told.get("canaryBakeTimeInMinutes", _CANARY[1])
    elif configuration["strategy"] == "LINEAR":
        told = configuration.get("linearConfiguration") or {}
        percent = float(told.get("stepPercent", _LINEAR[0]))
        count = 1
        while (weight := round(percent * count, 1)) < _ALL:
            yield weight, told.get("stepBakeTimeInMinutes", _LINEAR[1])
            count += 1
    yield _ALL, 0.0
