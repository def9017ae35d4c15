"""Nobody else owns the service, its revision, or the policy lets us overrule whoever does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import text
from controller.core.move import Look, Wait
from controller.core.policy.model import OwnerMode
from controller.core.policy.owned import Marks, may_be_overruled, owned_elsewhere, owner_of
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Family, NotAsked, Observed, Unread
from controller.core.service.revision import MANAGED_BY, Revision

PART: Final = "base"
_PERMISSIONS: Final = "See docs/permissions.md for what is read, and why."


def ownership(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `OwnedElsewhere` what somebody else is known to own, unless `owners` allows.

    CloudFormation and whoever deploys by it would revert the change with their next update
    [fact 4.26]; so would a pipeline that the policy names. Where the tags that may name an owner
    could not be read, that is refused as well.
    """
    observed, owners = candidate.observed, candidate.policy.owners
    revisions = [observed.revision]
    if _corrects_anothers(observed) and owners.named:
        base = observed.base  # what was registered by somebody else, before we corrected it
        if isinstance(base, NotAsked):
            return Look(PART)
        if isinstance(base, Unread):
            return Wait(base.reason)
        revisions.append(base)
    owner = owner_of(_marks(candidate, revisions), [owners])
    if owner is not None and owner.mode is not OwnerMode.ENFORCE:
        return Wait(owned_elsewhere(owner, "the service"))
    if observed.service.tags is None and not may_be_overruled(owners):
        told = "its tags could not be read, so nobody can tell who owns it"
        return candidate.refuse("AccessDenied", told, _PERMISSIONS)
    return None


def _corrects_anothers(observed: Observed) -> bool:
    """Tell whether the revision is ours, and corrects another: an equal copy corrects none."""
    revision = observed.revision
    return revision.bears_our_name(observed.identity) and revision.base is not None


def _marks(candidate: Candidate, revisions: list[Revision]) -> Marks:
    observed = candidate.observed
    tags = {"the service": observed.service.tags or {}}
    makers = {"made the service": text(observed.service.document.get("createdBy"))}
    for one in revisions:
        named = f"{one.family}:{one.number}"
        tags[named] = one.tags
        makers[f"registered {named}"] = text(one.document.get("registeredBy"))
    known = {did: arn for did, arn in makers.items() if arn is not None}
    theirs = next((one for one in _rolled_here(observed) if _is_anothers(one, observed)), None)
    if theirs is None:
        return Marks(tags, known)
    return Marks(tags, known, theirs.tags[MANAGED_BY], f"{theirs.family}:{theirs.number}")


def _rolled_here(observed: Observed) -> Iterator[Revision]:
    """Yield what the service runs, and what was made from that and has failed on this service.

    The family is not looked at for this: the gates that need it come before any write.
    """
    yield observed.revision
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    for one in family:
        if one.base in observed.origins and one.failed_for(observed.ref.arn):
            yield one


def _is_anothers(revision: Revision, observed: Observed) -> bool:
    """Tell whether another instance of this controller made the revision, as it is.

    A pipeline that clones tags together with a document of another instance changes the document,
    so the digest no longer is that of what it holds.
    """
    by = revision.tags.get(MANAGED_BY)
    return by != observed.identity.instance and revision.is_of_our_kind
