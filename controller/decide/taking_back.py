"""One service that a person wants to have taken back: observe, and ask how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.core.move import Look
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.nobody import nobodys
from controller.core.policy.owner_tags import is_suspended
from controller.core.policy.select import Governed, select
from controller.core.reason import Reason
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History
from controller.core.service.observed import Observed, Service, Unread
from controller.core.service.rollback import last_rolled, rollback
from controller.core.service.states_of_return import IsBack, Leave, OnItsWay, Stays
from controller.core.service.subject import subject_of
from controller.decide.world import World
from controller.observe.service import look, observe_service


@dataclass(frozen=True, slots=True)
class ToTakeBack:
    """How a service stands to being taken back, by whom it is governed, and when we last rolled it.

    Where nobody governs it, or nobody knows who does, `policy` is nobody's: one at a time.
    `unread`: its history was not read, or may not be, so nobody can tell when it was rolled.
    `suspended`: its tags say so.
    """

    ref: ServiceRef
    state: Leave | OnItsWay | IsBack | Stays
    policy: LoggingPolicy
    rolled_at: datetime | None = None
    unread: bool = False
    suspended: bool = False


async def look_at_way_back(ref: ServiceRef, world: World) -> ToTakeBack:
    """Look at the service afresh. Raises an AwsError where it cannot be observed."""
    ecs = world.ecs[ref.region]
    observed = await observe_service(ref, world.identity, ecs)
    if not isinstance(observed, Observed):
        return ToTakeBack(ref, Stays(_nothing_there(observed)), nobodys())
    policy = _governing(observed, world)
    while isinstance(state := rollback(observed, policy.rollout, world.clock.now()), Look):
        observed = await look(
            state.part,
            observed,
            (),
            (),
            ecs=ecs,
            logs=world.logs,
            code_deploy=world.code_deploy[ref.region],
            alarms=world.alarms,
        )
    unread = not isinstance(observed.history, History) and (
        isinstance(observed.history, Unread) or observed.revision.bears_our_name(world.identity)
    )
    suspended = is_suspended(observed.service.tags or {})
    return ToTakeBack(ref, state, policy, last_rolled(observed), unread, suspended)


def _governing(observed: Observed, world: World) -> LoggingPolicy:
    selected = select(world.policies().policies, subject_of(observed))
    return selected.policy if isinstance(selected, Governed) else nobodys()


def _nothing_there(service: Service | None) -> Reason:
    if service is None:
        return Reason("NotActive", "the service is gone, or was deleted")
    return Reason("NothingDeployed", "the service is set to no task definition yet")
