"""CloudWatch alarms as the controller reads them, in one account and any of its Regions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol


class AlarmsReader(Protocol):
    """Looks, and changes nothing."""

    async def states(self, names: Collection[str], region: str) -> Mapping[str, str]:
        """Return the state of each alarm with one of these names: OK, ALARM, INSUFFICIENT_DATA.

        One that is not there is left out. Raises an `AwsError` of `controller.errors`.
        """
        ...
