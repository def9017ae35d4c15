"""What every decision is made from: the readers, the policies, the fleet, the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from controller.core.consent import Consent
from controller.core.policy.policy_set import PolicySet
from controller.core.service.revision import Identity
from controller.fleet import Fleet
from controller.ports.clock import Clock
from controller.ports.ecs import EcsReader
from controller.ports.kms import KmsReader
from controller.ports.logs import LogsReader
from controller.ports.state import StateReader


@dataclass(frozen=True, slots=True)
class World:
    """The world as a decision sees it. `ecs` is by Region; there is one account."""

    ecs: Mapping[str, EcsReader]
    logs: LogsReader
    state: StateReader
    kms: KmsReader
    identity: Identity
    policies: Callable[[], PolicySet]
    consent: Consent
    fleet: Fleet
    clock: Clock
    earlier: Callable[[], Sequence[PolicySet]] = tuple
