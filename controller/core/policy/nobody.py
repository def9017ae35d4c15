"""Nobody: the policy that stands in where none governs."""

from __future__ import annotations

from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy


def nobodys() -> LoggingPolicy:
    """Return a policy that governs nothing and asks for nothing; its pace is the default one.

    A roll that was begun under a policy which is gone by now is seen to its end at that pace.
    """
    return LoggingPolicy.model_construct(
        name="nobody", mode=Mode.DISABLED, match=(), destinations=()
    )
