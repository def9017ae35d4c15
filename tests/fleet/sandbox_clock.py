"""The clock of a controller that runs against the sandbox: waiting moves the sandbox's time on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from controller.sandbox import Sandbox


class SandboxClock:
    """Time as the sandbox has it. Each sleep advances it, and lets ECS's scheduler look once."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._sandbox.now, UTC)

    def monotonic(self) -> float:
        return self._sandbox.now

    async def sleep(self, seconds: float) -> None:
        self._sandbox.advance(seconds)
        self._sandbox.tick()
        await asyncio.sleep(0)
