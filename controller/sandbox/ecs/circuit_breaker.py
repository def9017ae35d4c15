"""The deployment circuit breaker: what it counts, when it trips, and what happens then."""

from __future__ import annotations

import math

from controller.sandbox.ecs import events
from controller.sandbox.ecs.rollback import end, roll_back
from controller.sandbox.state import Deployment, Region, Service, ServiceDeployment
from controller.sandbox.wire import Json

FEWEST_FAILURES, MOST_FAILURES = 3, 200  # [fact 4.17]
_DEFAULT_PERCENT = 50  # [fact 1.23]
_BECAUSE = "the circuit breaker threshold was exceeded"


def failure_threshold(configuration: Json, desired: int) -> int:
    """After how many failed tasks the breaker trips [facts 1.23, 4.17].

    BOUNDED_PERCENT is 50 % of the desired count, at least 3 and at most 200, unless told otherwise.
    """
    told = _breaker(configuration).get("thresholdConfiguration", {})
    kind, value = told.get("type", "BOUNDED_PERCENT"), told.get("value", _DEFAULT_PERCENT)
    if kind == "COUNT":
        return int(value)
    share: int = math.ceil(value * desired / 100)
    if kind == "UNBOUNDED_PERCENT":
        return max(1, share)
    return min(max(share, FEWEST_FAILURES), MOST_FAILURES)


def monitor(change: ServiceDeployment) -> None:
    """Watch a change from its start, where the breaker is enabled.

    It is for rolling deployments only [fact 4.18]; UNVERIFIED: that it is DISABLED for others.
    """
    rolling = change.configuration["strategy"] == "ROLLING"
    enabled = rolling and _breaker(change.configuration).get("enable")
    change.breaker = "MONITORING" if enabled else "DISABLED"


def resets(change: ServiceDeployment) -> bool:
    """A healthy task sets the count of failures back, unless told not to [fact 1.23]."""
    return bool(_breaker(change.configuration).get("resetOnHealthyTask", True))


def trips(service: Service, primary: Deployment) -> bool:
    """Whether the failed tasks of this change have reached the threshold [fact 4.17].

    The percentages are of the latest desired count [MODEL ThresholdConfiguration].
    """
    change = primary.part_of
    change.threshold = failure_threshold(change.configuration, service.desired)
    return (
        primary.rollout == "IN_PROGRESS"
        and change.breaker in {"MONITORING", "TRIGGERED"}
        and change.failures >= change.threshold
    )


def trip(region: Region, service: Service, primary: Deployment, *, now: float) -> None:
    """FAILED; then back to the last COMPLETED revision where that is asked for and there is one.

    Without a COMPLETED deployment to go back to, the breaker stalls [fact 4.17]. UNVERIFIED: that
    a change which fails without going back ends as STOPPED (the enumeration has no FAILED [1.25]).
    """
    change = primary.part_of
    primary.rollout, primary.updated = "FAILED", now
    primary.reason = "ECS deployment circuit breaker: tasks failed to start."
    change.breaker = "TRIGGERED"
    events.say(region, service, events.failed(primary), now=now)
    back = service.completed
    if change.status == "ROLLBACK_IN_PROGRESS":
        end(change, "ROLLBACK_FAILED", f"Rollback failed because {_BECAUSE}.", now=now)
    elif _breaker(change.configuration).get("rollback") and back is not None:
        because = f"Service deployment rolled back because {_BECAUSE}."
        again = roll_back(region, service, back, because=because, now=now)
        again.reason = "ECS deployment circuit breaker: rolling back to deploymentId " + (
            _number_of(service, again)
        )
    else:
        end(change, "STOPPED", f"Service deployment stopped because {_BECAUSE}.", now=now)


def _number_of(service: Service, again: Deployment) -> str:
    """Whose revision the rollback takes: `ecs-svc/…`, and a full stop [DG circuit-breaker]."""
    same = (d for d in service.deployments if d.revision is again.revision and d is not again)
    former = next(same, None)
    return f"{former.id if former else again.revision.arn.rsplit('/', 1)[-1]}."


def _breaker(configuration: Json) -> Json:
    return configuration.get("deploymentCircuitBreaker") or {}
