"""What goes on in a fleet, from one look at all of it: nothing is written, and nothing is kept."""

from __future__ import annotations

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.look_over import looked_over
from controller.aws.session import AwsSession
from controller.core.outcome import Outcome
from controller.core.pace.traffic import Traffic
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.status import Status, status_of
from controller.decide.world import World
from controller.observe.clusters import observe_states
from controller.ports.clock import Clock
from controller.settings import Settings


async def status(
    settings: Settings,
    policies: PolicySet | None,
    *,
    clock: Clock | None = None,
    open_session: OpenSession = AwsSession,
) -> Status:
    """Look once at every service and log group, and return what goes on.

    Without *policies* that is what was begun, and what people have said of clusters and services.
    Raises UsageError or AwsError where nothing can be seen at all.
    """
    clock = clock or SystemClock()
    async with connect(settings, clock, write=False, open_session=open_session) as connection:
        judging = policies or PolicySet.of(())
        report, world = await looked_over(connection, settings, judging, clock, _nobody)
        traffic = _traffic(world)
        states = await observe_states(traffic.clusters, connection.state)
        return status_of(report, traffic, policies, states)


def _traffic(world: World) -> Traffic:
    """Return the fleet as all of it was seen."""
    seen: ServiceRef | None = next(iter(world.fleet.services()), None)
    return Traffic(complete=True, whole=True) if seen is None else world.fleet.traffic(seen)


def _nobody(outcome: Outcome) -> None:
    """Tell nobody."""
