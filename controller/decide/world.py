"""What every decision is made from: the readers, the policies, the fleet, the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from controller.core.consent import Consent
from controller.core.policy.policy_set import PolicySet
from controller.core.refs import ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.revision import Identity
from controller.fleet import Fleet
from controller.leader import OnlyProcess
from controller.observe.kill_switch import KillSwitch
from controller.ports.alarms import AlarmsReader
from controller.ports.clock import Clock
from controller.ports.code_deploy import CodeDeployReader
from controller.ports.ecs import EcsReader
from controller.ports.kms import KmsReader
from controller.ports.lease import Lease
from controller.ports.logs import LogsReader
from controller.ports.state import StateReader


@dataclass(frozen=True, slots=True)
class World:
    """The world as a decision sees it. `ecs` and `code_deploy` are by Region; there is one account.

    `held` keeps what was held of those decided upon, for whoever asks all gates about them later.
    """

    ecs: Mapping[str, EcsReader]
    logs: LogsReader
    state: StateReader
    kms: KmsReader
    alarms: AlarmsReader
    code_deploy: Mapping[str, CodeDeployReader]
    identity: Identity
    policies: Callable[[], PolicySet]
    consent: Consent
    fleet: Fleet
    clock: Clock
    lease: Lease = OnlyProcess()  # noqa: RUF009  # it has no state
    earlier: Callable[[], Sequence[PolicySet]] = tuple
    held: dict[ServiceRef, Candidate] | None = None
    kill_switch: KillSwitch | None = None
