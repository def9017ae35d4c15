"""The digest of a set of policies, as a person types it."""

from __future__ import annotations

import re
from typing import Final

from controller.core.policy.policy_set import SHOWN
from controller.errors import UsageError

_DIGEST: Final = re.compile(r"[0-9a-f]{16}|[0-9a-f]{64}")


def short(digest: str) -> str:
    """Return as much of *digest* as tags hold. Raises UsageError for what is none."""
    if _DIGEST.fullmatch(digest) is None:
        raise UsageError(f"{digest!r} is no digest of policies: 16 or 64 digits of 0-9 and a-f")
    return digest[:SHOWN]
