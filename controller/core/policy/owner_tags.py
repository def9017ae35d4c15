"""Owner tags: what the owner of a service says by tagging it, which can only weaken a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from controller.core.policy.day import day, ends
from controller.core.policy.mode import Mode
from controller.core.reason import Reason

MODE: Final = "ecs-logging/mode"
EXEMPT_UNTIL: Final = "ecs-logging/exempt-until"
SUSPENDED: Final = "ecs-logging/suspended"


class OwnerTags(StrEnum):
    """What becomes of the tags by which a service's owner speaks."""

    HONOUR = "Honour"
    REPORT = "Report"
    IGNORE = "Ignore"


@dataclass(frozen=True, slots=True)
class OwnersWord:
    """What the owner lets be, the reason that people are told, and when that ends, if ever.

    `warning` says what is wrong with a tag, where something is.
    """

    cap: Mode
    reason: Reason
    until: datetime | None = None
    warning: str | None = None


UNREAD: Final = OwnersWord(
    Mode.AUDIT,
    Reason(
        "OwnerTagsUnread",
        "the tags of the service are not known, so its owner may have said no",
        "Let the controller read them (docs/permissions.md), or set ownerTags: Ignore.",
    ),
)


def owners_word(tags: Mapping[str, str], now: datetime) -> OwnersWord | None:
    """Return what the tags of a service say, or None where they leave all as the policy has it.

    Of several tags the one that weakens most holds. A value that nobody knows means Audit, and a
    warning: somebody meant to say something.
    """
    said = [one for one in (_of_mode(tags, now), _of_suspended(tags)) if one is not None]
    return min(said, key=lambda one: tuple(Mode).index(one.cap), default=None)


def _of_mode(tags: Mapping[str, str], now: datetime) -> OwnersWord | None:
    value = tags.get(MODE)
    if value is None:
        return None
    if value == Mode.AUDIT:
        return _audit(f"the tag {MODE}={Mode.AUDIT} asks for no change")
    if value == Mode.DISABLED:
        return _disabled(tags.get(EXEMPT_UNTIL), now)
    told = f"the tag {MODE} has a value that is neither {Mode.AUDIT} nor {Mode.DISABLED}"
    return _audit(f"{told}, which is taken for {Mode.AUDIT}", warning=told)


def _disabled(written: str | None, now: datetime) -> OwnersWord:
    last = None if written is None else day(written)
    if written is None:
        wrong = f"the tag {MODE}={Mode.DISABLED} holds only together with {EXEMPT_UNTIL}"
    elif last is None:
        wrong = f"the tag {EXEMPT_UNTIL} is no day such as 2027-03-31"
    elif now >= ends(last):
        wrong = f"the tag {EXEMPT_UNTIL}={written} is over"
    else:
        told = f"the tag {MODE}={Mode.DISABLED} exempts the service to the end of {last}"
        return OwnersWord(Mode.DISABLED, Reason("OwnerTag", told, _REMEDY), ends(last))
    return _audit(f"{wrong}, so {Mode.AUDIT} holds", warning=wrong)


def is_suspended(tags: Mapping[str, str]) -> bool:
    """Tell whether the tags of a service say that nothing is to begin on it."""
    return tags.get(SUSPENDED, "false").casefold() != "false"


def _of_suspended(tags: Mapping[str, str]) -> OwnersWord | None:
    if not is_suspended(tags):
        return None
    told = f"the tag {SUSPENDED} asks for no change"
    return OwnersWord(Mode.AUDIT, Reason("OwnerSuspended", told, "It holds until it is removed."))


_REMEDY: Final = "Ask the owner of the service, who can remove the tag."


def _audit(told: str, *, warning: str | None = None) -> OwnersWord:
    return OwnersWord(Mode.AUDIT, Reason("OwnerTag", told, _REMEDY), warning=warning)
