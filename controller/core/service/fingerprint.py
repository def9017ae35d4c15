"""A correction of a service as a plan file names it."""

from __future__ import annotations

from controller.core.consent import Change
from controller.core.document.digest import digest
from controller.core.document.patch import json_patch
from controller.core.service.observed import Observed
from controller.core.service.registration import content_digest
from controller.core.service.verdict import Verdict


def change_of(observed: Observed, verdict: Verdict) -> Change:
    """Return the change that the edits in Enforce make to the observed service."""
    base = observed.revision
    return Change(
        ref=observed.ref,
        fingerprint=digest([base.arn, content_digest(base.document)]),
        patch=digest(json_patch(base.document, verdict.enforced)),
    )
