"""Who we are to AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Caller:
    """The account and the ARN under which we call, and the partition that the ARN names."""

    account: str
    arn: str
    partition: str


class IdentityReader(Protocol):
    """Asks STS who we are."""

    async def caller(self) -> Caller:
        """Return who we are; raises DeniedError or RetryError."""
        ...
