"""What one process sees of a fleet, and what it may move there: of AWS, or of a saved inventory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.act import Writers
from controller.core.service.revision import Identity
from controller.observe.kill_switch import KillSwitch
from controller.ports.alarms import AlarmsReader
from controller.ports.code_deploy import CodeDeployReader
from controller.ports.ecs import EcsReader
from controller.ports.identity import Caller
from controller.ports.kms import KmsReader
from controller.ports.logs import LogsReader
from controller.ports.state import OperatorReader, OperatorWriter, StateReader


@dataclass(frozen=True, slots=True)
class Connection:
    """What one process sees and, unless `writers` is None, moves.

    `ecs` and `code_deploy` are by Region.
    """

    identity: Identity
    ecs: Mapping[str, EcsReader]
    logs: LogsReader
    kms: KmsReader
    alarms: AlarmsReader
    code_deploy: Mapping[str, CodeDeployReader]
    state: StateReader
    writers: Writers | None
    kill_switch: KillSwitch | None = None


@dataclass(frozen=True, slots=True)
class OperatorConnection:
    """What a person sees, and by what they say a word. `ecs` is by Region."""

    caller: Caller
    ecs: Mapping[str, EcsReader]
    tags: OperatorReader
    operator: OperatorWriter
