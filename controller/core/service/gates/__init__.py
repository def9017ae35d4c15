"""What must hold before a roll starts: refusals that cost nothing first, then those that read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from controller.core.gate import Answer
from controller.core.move import Look, Wait
from controller.core.service.candidate import Candidate
from controller.core.service.gates.code_deploy import code_deploy
from controller.core.service.gates.conflict import conflict
from controller.core.service.gates.consumers import consumers
from controller.core.service.gates.cooldown import cooldown
from controller.core.service.gates.execution_role import execution_role
from controller.core.service.gates.family import family
from controller.core.service.gates.held import held
from controller.core.service.gates.interruption import interruption
from controller.core.service.gates.kill_switch import kill_switch
from controller.core.service.gates.known import known
from controller.core.service.gates.lease import lease
from controller.core.service.gates.line import line
from controller.core.service.gates.log_groups import log_groups
from controller.core.service.gates.name_collision import name_collision
from controller.core.service.gates.not_refused import not_refused
from controller.core.service.gates.ownership import ownership
from controller.core.service.gates.paused import paused
from controller.core.service.gates.policy_impact import policy_impact
from controller.core.service.gates.process_yes import process_yes
from controller.core.service.gates.registrations import registrations
from controller.core.service.gates.scaled_up import scaled_up
from controller.core.service.gates.settled import settled
from controller.core.service.gates.size import size
from controller.core.service.gates.steady import steady
from controller.core.service.gates.supported import supported
from controller.core.service.gates.unknown_member import unknown_member
from controller.core.service.gates.wave import wave
from controller.core.service.gates.way_back import way_back
from controller.core.service.gates.window import window
from controller.core.service.gates.within_budget import within_budget

Gate: TypeAlias = Callable[[Candidate], Wait | Look | None]

GATES: Final[tuple[Gate, ...]] = (
    supported,
    ownership,
    way_back,
    known,
    name_collision,
    execution_role,
    size,
    scaled_up,
    interruption,
    steady,
    family,
    held,
    code_deploy,
    conflict,
    settled,
    registrations,
    cooldown,
    not_refused,
    consumers,
    process_yes,
    kill_switch,
    paused,
    unknown_member,
    policy_impact,
    line,
    window,
    wave,
    log_groups,
    within_budget,
    lease,
)


def refusals(candidate: Candidate) -> Iterator[Wait | Look]:
    """Yield what each gate in turn says against the roll; a `Look` where it must know more."""
    for gate in GATES:
        if (said := gate(candidate)) is not None:
            yield said


def answers(candidate: Candidate) -> tuple[Answer, ...]:
    """Return what every gate says, whatever those before it do."""
    return tuple(Answer(gate.__name__, must(gate), gate(candidate)) for gate in GATES)


def must(gate: Gate) -> str:
    """Return what a gate sees to: the sentence by which its module begins."""
    told = sys.modules[gate.__module__].__doc__ or ""
    return told.partition("\n")[0]
