"""PolicySet: the policies in force together, and the digest by which people know that set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from controller.core.policy.model import LoggingPolicy

SHOWN = 16


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Policies by name, and the SHA-256 of what they say, in 64 hexadecimal digits."""

    policies: tuple[LoggingPolicy, ...]
    digest: str

    @classmethod
    def of(cls, policies: Iterable[LoggingPolicy]) -> PolicySet:
        """Return the set of some policies, whose names differ."""
        ordered = tuple(sorted(policies, key=lambda policy: policy.name))
        return cls(ordered, _digest(ordered))

    @property
    def short_digest(self) -> str:
        """Return as much of the digest as is shown to people and written into tags."""
        return self.digest[:SHOWN]


def _digest(policies: tuple[LoggingPolicy, ...]) -> str:
    """Digest what is said, not how: defaults, comments, order of keys and files do not count.

    Defaults are left out, so that a version that knows more keys digests an old policy as before.
    """
    stated = [
        policy.model_dump(mode="json", by_alias=True, exclude_defaults=True) for policy in policies
    ]
    canonical = json.dumps(stated, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
