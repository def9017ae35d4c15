"""What every gate says of services, with all looked at that any gate asks for: nothing is decided.

A roll asks only up to the first gate that refuses it. Whoever wants to know what enforcement would
wait for asks them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from controller.core.gate import Answer
from controller.core.move import Look
from controller.core.refs import ServiceRef
from controller.core.service.candidate import Candidate
from controller.core.service.gates import answers
from controller.decide.service import look_at
from controller.decide.world import World
from controller.errors import AwsError


async def answered(candidate: Candidate, world: World) -> tuple[Answer, ...]:
    """Return what every gate says of the candidate.

    Raises RetryError for a passing fault; what we may not read is told by the gate that needs it.
    """
    while True:
        said = answers(candidate)
        part = next((one.said.part for one in said if isinstance(one.said, Look)), None)
        if part is None:
            return said
        candidate = replace(candidate, observed=await look_at(part, candidate, world))


async def all_answered(
    candidates: Mapping[ServiceRef, Candidate], world: World, *, at_once: int
) -> Mapping[ServiceRef, tuple[Answer, ...] | AwsError]:
    """Return what every gate says of each candidate, or the fault that kept it from being asked.

    The rest of the fleet counts as it is known by now, not as it was when they were decided upon.
    """
    turns = asyncio.Semaphore(at_once)

    async def ask(ref: ServiceRef) -> tuple[Answer, ...] | AwsError:
        async with turns:
            try:
                now = replace(candidates[ref], traffic=world.fleet.traffic(ref))
                return await answered(now, world)
            except AwsError as error:
                return error

    asked = sorted(candidates)
    return dict(zip(asked, await asyncio.gather(*map(ask, asked)), strict=True))
