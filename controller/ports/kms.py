"""KMS as the controller reads it, in one account and any of its Regions."""

from __future__ import annotations

from typing import Protocol


class KmsReader(Protocol):
    """Looks, and changes nothing: no key is made, used or given away."""

    async def key_of(self, alias: str, region: str) -> str | None:
        """Return the ARN of the key that an alias (`alias/logs`) names in the Region.

        None if there is no such alias. Raises an `AwsError` of `controller.errors`.
        """
        ...
