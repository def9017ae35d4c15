"""A person's yes to a service that is held: the tag `ecs-logging/approve`, written by `approve`."""

from __future__ import annotations

from datetime import datetime

from controller.core.policy.owner_tags import OwnerTags
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Service
from controller.core.state.said import said
from controller.core.state.words import APPROVE


def approved_at(service: Service) -> datetime | None:
    """Return the moment before which all is forgiven: a failure, a `ConflictingManager`.

    None where nobody has said yes, where the tags could not be read, and where the tag's value is
    no moment.
    """
    value = (service.tags or {}).get(APPROVE)
    word = None if value is None else said(value)
    return None if word is None else word.at


def heeded(candidate: Candidate) -> datetime | None:
    """Return `approved_at`, unless the policy ignores tags, or the moment is still to come.

    What has not happened yet cannot be forgiven.
    """
    if candidate.policy.owner_tags is OwnerTags.IGNORE:
        return None
    at = approved_at(candidate.observed.service)
    return None if at is None or at > candidate.now else at


def how_to_approve(candidate: Candidate) -> str:
    """Return the sentence that tells a person how to let the service go on."""
    ref = candidate.observed.ref
    if candidate.policy.owner_tags is OwnerTags.IGNORE:
        return "A person's `approve` is not heeded, as the policy says ownerTags: Ignore."
    return f"To try again all the same: `ecs-logging approve {ref.cluster}/{ref.name}`."
