"""The one service that a person means, of all that were found."""

from __future__ import annotations

from typing import Final

from controller.core.refs import ServiceRef
from controller.core.service.named import cluster_in, meant_by, nearest_to
from controller.errors import NotSeenError, UsageError
from controller.inventory import Gap, Inventory

_NAMED: Final = 5
_LISTED: Final = 10


def the_one(name: str, inventory: Inventory, *, else_meant: str | None = None) -> ServiceRef:
    """Return the service called *name*.

    Where no name of a service looks like it, *else_meant* is what was probably meant. Raises
    UsageError where no service, or more than one, is called so; NotSeenError where one may be that
    could not be listed.
    """
    match meant_by(name, inventory.services):
        case (one,):
            return one
        case ():
            raise _nobody(name, inventory, else_meant)
        case several:
            named = "\n".join(f"  {one.arn}" for one in several[:_NAMED])
            more = f"\n  and {len(several) - _NAMED} more" if len(several) > _NAMED else ""
            raise UsageError(f"{len(several)} services are called {name}:\n{named}{more}")


def _nobody(name: str, inventory: Inventory, else_meant: str | None) -> UsageError | NotSeenError:
    """Return the error for a name that no service of those found has."""
    for gap in inventory.gaps:
        if _may_hide(name, gap):
            return NotSeenError(f"no service {name} was seen, and not all could be listed. {gap}")
    near = nearest_to(name, inventory.services) or else_meant
    hint = f"Did you mean {near}?" if near else _all_there_are(inventory)
    return UsageError(f"no service is called {name}. {hint}")


def _all_there_are(inventory: Inventory) -> str:
    """Return the names there are, as many as are quickly read, and what may hide others."""
    narrowed = "Only what --region and --cluster leave was looked at, or their variables."
    names = sorted({f"{one.cluster}/{one.name}" for one in inventory.services})
    if not names:
        return f"No service was found at all. {narrowed}"
    more = f"\n  and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    listed = "\n".join(f"  {one}" for one in names[:_LISTED])
    return f"There are:\n{listed}{more}\n{narrowed}"


def _may_hide(name: str, gap: Gap) -> bool:
    """Tell whether a service of this name may be in what could not be listed."""
    if gap.reason.code == "NoSuchCluster":
        return False
    return gap.cluster is None or cluster_in(name) in {None, gap.cluster}
