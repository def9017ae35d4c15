"""What every decision is made from: the readers, the policies, the fleet, the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from controller.core.consent import Consent
from controller.core.policy.policy_set import PolicySet
from controller.core.service.revision import Identity
from controller.fleet import Fleet
from controller.ports.clock import Clock
from controller.ports.ecs import EcsReader
from controller.ports.logs import LogsReader


@dataclass(frozen=True, slots=True)
class World:
    """The world as a decision sees it. `ecs` is by Region; there is one account."""

    ecs: Mapping[str, EcsReader]
    logs: LogsReader
    identity: Identity
    policies: Callable[[], PolicySet]
    consent: Consent
    fleet: Fleet
    clock: Clock
