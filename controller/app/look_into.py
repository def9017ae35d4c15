"""Looking into one service of all that a connection shows: AWS, or a saved inventory.

The whole fleet is looked over first. Budgets, shared log groups, names that meet and the impact of
the policies are matters between services: of one that was seen alone, they would tell an untruth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from controller.app.connection import Connection
from controller.app.passes import gaps, passes_in, world_of
from controller.core.consent import Never
from controller.core.explain import meant
from controller.core.explained_service import ExplainedService
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.service.named import cluster_in, meant_by, nearest_to
from controller.decide.explanation import explain_service
from controller.errors import NotSeenError, UsageError
from controller.inventory import Gap, Inventory, take_inventory
from controller.passes import Passes
from controller.ports.clock import Clock
from controller.settings import Settings

_NAMED = 5


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
    ref = _the_one(name, inventory)
    world = world_of(connection, inventory, policies, Never(), clock)
    passes = passes_in(world, None, settings, tell)
    await passes.once(inventory.services)
    explained = await explain_service(ref, world, settings.resync, passes.outcomes)
    if explained is None:
        raise NotSeenError(f"{name} is gone: it was there a moment ago")
    return replace(explained, gaps=(*gaps(passes, inventory), *_unseen(passes, settings)))


def _the_one(name: str, inventory: Inventory) -> ServiceRef:
    match meant_by(name, inventory.services):
        case (one,):
            return one
        case ():
            raise _nobody(name, inventory)
        case several:
            named = "\n".join(f"  {one.arn}" for one in several[:_NAMED])
            more = f"\n  and {len(several) - _NAMED} more" if len(several) > _NAMED else ""
            raise UsageError(f"{len(several)} services are called {name}:\n{named}{more}")


def _nobody(name: str, inventory: Inventory) -> UsageError | NotSeenError:
    """Return the error for a name that no service of those found has."""
    for gap in inventory.gaps:
        if _may_hide(name, gap):
            return NotSeenError(f"no service {name} was seen, and not all could be listed. {gap}")
    near = nearest_to(name, inventory.services) or meant(name)
    hint = f"Did you mean {near}?" if near else "All there are:\n  ecs-logging audit --all"
    return UsageError(f"no service is called {name}. {hint}")


def _may_hide(name: str, gap: Gap) -> bool:
    """Tell whether a service of this name may be in what could not be listed."""
    if gap.reason.code == "NoSuchCluster":
        return False
    return gap.cluster is None or cluster_in(name) in {None, gap.cluster}


def _unseen(passes: Passes, settings: Settings) -> Iterator[str]:
    """Yield sentences on services that were not looked at, besides those that failed to be."""
    if settings.clusters:
        yield f"only services of {', '.join(settings.clusters)} were looked at"
    for ref, outcome in passes.outcomes.items():
        if isinstance(ref, ServiceRef) and not outcome.observed and outcome.reason is not None:
            yield f"{ref}: {outcome.reason.code}: {outcome.reason.message}"
