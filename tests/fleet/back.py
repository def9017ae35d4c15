"""A person takes services back: the verb itself, against the simulated AWS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from controller.app.rollback import rollback
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.taken_back import Begun, Meant, Planned, Rollback, TakenBack
from tests.fleet.controller import Controller
from tests.virtual_time import VirtualClock

SUSPENDED = "ecs-logging/suspended"


def yes(planned: Sequence[Planned]) -> bool:
    """Say yes to everything."""
    return True


async def takes_back(
    controller: Controller,
    *names: str,
    since: datetime | timedelta | None = None,
    policies: PolicySet | None = None,
    confirm: Callable[[Sequence[Planned]], bool] = yes,
    tell: Callable[[Begun], None] = lambda _: None,
) -> Rollback:
    """Let a person say `rollback`."""
    return await rollback(
        Meant(names, since),
        controller.settings,
        policies,
        confirm,
        tell,
        clock=VirtualClock(),
        open_session=controller.session,
    )


def of(told: Rollback, ref: ServiceRef) -> TakenBack:
    return next(one for one in told.services if one.ref == ref)
