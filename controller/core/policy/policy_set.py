"""PolicySet: what is in force together, and the digest by which people know that set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from controller.core.policy.exception import PolicyException
from controller.core.policy.model import LoggingPolicy

SHOWN = 16
MAX_IMPACT: Final = 20


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Policies and exceptions by name, and the SHA-256 of what they say, in 64 hexadecimal digits.

    `max_impact` is the share of the governed services, in percent, that a new set may change
    before a person has approved it.
    """

    policies: tuple[LoggingPolicy, ...]
    digest: str
    exceptions: tuple[PolicyException, ...] = ()
    max_impact: int = MAX_IMPACT

    @classmethod
    def of(
        cls,
        policies: Iterable[LoggingPolicy],
        exceptions: Iterable[PolicyException] = (),
        max_impact: int = MAX_IMPACT,
    ) -> PolicySet:
        """Return the set of some policies and exceptions, each with a name of its own."""
        governing = tuple(sorted(policies, key=lambda policy: policy.name))
        exempting = tuple(sorted(exceptions, key=lambda exception: exception.name))
        return cls(governing, _digest(governing, exempting, max_impact), exempting, max_impact)

    @property
    def short_digest(self) -> str:
        """Return as much of the digest as is shown to people and written into tags."""
        return self.digest[:SHOWN]


def _digest(
    policies: Sequence[LoggingPolicy], exceptions: Sequence[PolicyException], max_impact: int
) -> str:
    """Digest what is said, not how: defaults, comments, order of keys and files do not count.

    Defaults are left out, so that a version that knows more keys digests an old policy as before;
    so is what a policy extends, as what it has from there is said already.
    """
    stated: object = [_stated(policy) for policy in policies]
    if exceptions or max_impact != MAX_IMPACT:
        exempt = [_stated(exception) for exception in exceptions]
        stated = {"policies": stated, "exceptions": exempt, "maxImpact": max_impact}
    canonical = json.dumps(stated, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _stated(one: LoggingPolicy | PolicyException) -> object:
    return one.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"extends"})
