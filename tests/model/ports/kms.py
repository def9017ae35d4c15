"""The port KmsReader before the in-memory AWS, which has no keys."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.ports.line import Line


@dataclass(frozen=True, slots=True)
class ModelKmsReader:
    """Finds no key by any alias."""

    line: Line

    async def key_of(self, alias: str, region: str) -> str | None:
        def none() -> str | None:
            return None

        return await self.line.call("DescribeKey", alias, none)
