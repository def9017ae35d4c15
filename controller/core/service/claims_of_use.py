"""What is said of log groups by those who log to them, and of whom nobody asks anything there.

A service that no policy governs does not ask for anything. But its events must not be lost because
somebody else who logs to the same group asks for less than it may need.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import Setting
from controller.core.policy.model import LoggingPolicy
from controller.core.service.named_for import Named

Group = tuple[str, str]

_NO_SAY: Final[Mapping[str, Setting]] = MappingProxyType({})
_NOBODY: Final[Mapping[Group, Named]] = MappingProxyType({})


def claims_of_use(
    groups: Iterable[Group],
    policy: LoggingPolicy,
    *,
    may_forget: Collection[Group] = (),
    settings: Mapping[str, Setting] = _NO_SAY,
    named: Mapping[Group, Named] = _NOBODY,
) -> dict[Group, LogGroupClaim]:
    """Return the claims on *groups*, by (Region, name), of one who uses them and asks nothing.

    The retention of all save *may_forget* is not to be shortened. *settings*, by the ids of the
    rules for log groups, hold back what others ask. *named* says for whom the groups are named.
    """
    return {
        group: LogGroupClaim(
            region=group[0],
            name=group[1],
            create=None,
            retention_in_days=None,
            allow_shorter_retention=group in may_forget,
            settings=settings,
            policy=policy.name,
            is_used=True,
            named_for=named.get(group, frozenset()),
            asks=False,
        )
        for group in groups
    }
