"""The corrected task definition and its tags stay within what ECS takes."""

from __future__ import annotations

from typing import Final

from controller.core.move import Wait
from controller.core.service.candidate import Candidate
from controller.core.service.registration import (
    MAX_BYTES,
    MAX_TAG_VALUE,
    MAX_TAGS,
    body_size,
)

# A failure must find room for its mark; services that share the revision may each add one.
_MARKS: Final = 5


def size(candidate: Candidate) -> Wait | None:
    """Refuse with `TooLarge` a body over 64 KiB, with `TooManyTags` too many tags [fact 4.7].

    A tag whose value is too long is `TooLarge` too: the base's ARN is one of ours.
    """
    bytes_needed = body_size(candidate.body) + candidate.observed.revision.withheld
    if bytes_needed > MAX_BYTES:
        return candidate.refuse(
            "TooLarge",
            f"the corrected task definition has {bytes_needed} bytes; ECS takes {MAX_BYTES}",
            "Shorten the task definition, for instance by environmentFiles.",
        )
    return _tags(candidate)


def _tags(candidate: Candidate) -> Wait | None:
    tags = candidate.tags
    if len(tags) + _MARKS > MAX_TAGS:
        return candidate.refuse(
            "TooManyTags",
            f"the corrected revision would carry {len(tags)} tags and up to {_MARKS} marks of "
            f"failures; ECS takes {MAX_TAGS}",
            "Remove tags from the task definition.",
        )
    long = [key for key, value in tags.items() if len(value) > MAX_TAG_VALUE]
    if long:
        return candidate.refuse(
            "TooLarge",
            f"the tag {long[0]} would have more than {MAX_TAG_VALUE} characters",
            "Give the family a shorter name.",
        )
    return None
