"""The corrected task definition and its tags stay within what ECS takes."""

from __future__ import annotations

from controller.core.move import Wait
from controller.core.service.candidate import Candidate
from controller.core.service.registration import MAX_BYTES, MAX_TAGS, body_size


def size(candidate: Candidate) -> Wait | None:
    """Refuse with `TooLarge` a body over 64 KiB, with `TooManyTags` over 50 tags [fact 4.7]."""
    bytes_needed = body_size(candidate.body)
    if bytes_needed > MAX_BYTES:
        return candidate.refuse(
            "TooLarge",
            f"the corrected task definition has {bytes_needed} bytes; ECS takes {MAX_BYTES}",
            "Shorten the task definition, for instance by environmentFiles.",
        )
    if len(candidate.tags) > MAX_TAGS:
        return candidate.refuse(
            "TooManyTags",
            f"the corrected revision would carry {len(candidate.tags)} tags; ECS takes {MAX_TAGS}",
            "Remove tags from the task definition: ours need five.",
        )
    return None
