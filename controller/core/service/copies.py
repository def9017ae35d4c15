"""Equal copies of revisions that are no longer ACTIVE: what a service can be returned to.

ECS takes no service to an INACTIVE revision [fact 4.21]. Where the policy asks for it, what the
service runs is registered once more before the correction is: the same document, and so the same
digest, under a number that can be returned to.
"""

from __future__ import annotations

from controller.core.move import Register
from controller.core.policy.allow import InactiveBase
from controller.core.service.candidate import Candidate
from controller.core.service.observed import Family, Observed
from controller.core.service.registration import carried_tags, content_digest, registrable
from controller.core.service.revision import COPY_OF, DIGEST, MANAGED_BY, Revision


def copied_first(candidate: Candidate) -> Register | None:
    """Return the registration of an equal copy that must come before the correction, or None."""
    base = candidate.observed.revision
    asked = candidate.policy.allow.inactive_base is InactiveBase.REGISTER_COPY
    if base.is_active or not asked or copy_of(base, candidate.observed) is not None:
        return None
    tags = {
        **carried_tags(base.tags),
        MANAGED_BY: candidate.observed.identity.instance,
        COPY_OF: base.arn,
        DIGEST: content_digest(base.document),
    }
    return Register(candidate.observed.ref, registrable(base.document), tags)


def copy_of(base: Revision, observed: Observed) -> Revision | None:
    """Return an ACTIVE copy of ours that is equal to *base*, if the family shows one."""
    family = observed.family.revisions if isinstance(observed.family, Family) else ()
    digest = content_digest(base.document)
    fitting = (
        one
        for one in family
        if one.copy_of == base.arn
        and one.is_active
        and one.tags.get(DIGEST) == digest
        and one.is_ours(observed.identity)
    )
    return next(fitting, None)
