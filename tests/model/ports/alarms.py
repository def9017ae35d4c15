"""The port AlarmsReader before the in-memory AWS, which has no alarms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.model.ports.line import Line


@dataclass(frozen=True, slots=True)
class ModelAlarmsReader:
    """Finds no alarm of any name."""

    line: Line

    async def states(self, names: Collection[str], region: str) -> Mapping[str, str]:
        def none() -> dict[str, str]:
            return {}

        return await self.line.call("DescribeAlarms", region, none)
