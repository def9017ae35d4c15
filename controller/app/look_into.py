"""Looking into one service of all that a connection shows: AWS, or a saved inventory.

The whole fleet is looked over first. Budgets, shared log groups, names that meet and the impact of
the policies are matters between services: of one that was seen alone, they would tell an untruth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from controller.app.connection import Connection
from controller.app.passes import gaps, passes_in, world_of
from controller.app.the_one import the_one
from controller.core.consent import Never
from controller.core.explain import meant
from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.decide.explanation import explain_service
from controller.errors import NotSeenError
from controller.inventory import take_inventory
from controller.passes import Passes
from controller.ports.clock import Clock
from controller.settings import Settings


async def look_into(
    name: str,
    connection: Connection,
    settings: Settings,
    policies: PolicySet,
    clock: Clock,
    tell: Callable[[Outcome], None],
) -> ExplainedService:
    """Look once over the fleet, and return why the service *name* stands as it does.

    *tell* is called with each Outcome as it comes. Raises UsageError where no service, or more than
    one, is called so; NotSeenError where one may be that could not be listed, or it is gone; an
    AwsError where nothing can be listed at all.
    """
    inventory = await take_inventory(connection.ecs, clusters=settings.clusters)
    ref = the_one(name, inventory, else_meant=meant(name))
    world = world_of(connection, inventory, policies, Never(), clock)
    passes = passes_in(world, None, settings, tell)
    await passes.once(inventory.services)
    explained = await explain_service(ref, world, settings.resync, passes.outcomes)
    if explained is None:
        raise NotSeenError(f"{name} is gone: it was there a moment ago")
    return replace(explained, gaps=(*gaps(passes, inventory), *_unseen(passes, settings)))


def _unseen(passes: Passes, settings: Settings) -> Iterator[str]:
    """Yield sentences on services that were not looked at, besides those that failed to be."""
    if settings.clusters:
        yield f"only services of {', '.join(settings.clusters)} were looked at"
    for ref, outcome in passes.outcomes.items():
        if isinstance(ref, ServiceRef) and not outcome.observed and outcome.reason is not None:
            yield f"{ref}: {outcome.reason.code}: {outcome.reason.message}"
