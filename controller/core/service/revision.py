"""A revision of a task definition: its document as received, its tags, and whether it is ours.

A pipeline may clone our tags together with the document, so tags alone prove nothing: a revision
is ours if its digest recomputes and a principal of ours registered it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from controller.core.document.json import Document, text
from controller.core.service.registration import SCHEME, content_digest

MANAGED_BY: Final = "ecs-logging/managed-by"
POLICY: Final = "ecs-logging/policy"
POLICY_DIGEST: Final = "ecs-logging/policy-digest"
BASE: Final = "ecs-logging/base"
DIGEST: Final = "ecs-logging/digest"
NEW_DRIVERS: Final = "ecs-logging/new-drivers"
PATCH: Final = "ecs-logging/patch"
COPY_OF: Final = "ecs-logging/copy-of"
FAILED: Final = "ecs-logging/failed-"
PROOF: Final = "ecs-logging/proof-"
UNPROVEN: Final = "Unproven"
_PRINCIPAL: Final = re.compile(
    r"arn:(?P<partition>[\w-]+):(?:iam|sts)::(?P<account>\d{12}):"
    r"(?:role/(?P<role>[^\s:]*[^\s:/])|(?:user|assumed-role)/[^\s:]*[^\s:/])"
)
GONE_BACK: Final = "GoneBackFrom"
"""The word of a mark that says only this: by whomever, the service was set back during the roll."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision as DescribeTaskDefinition shows it, output-only members included.

    `withheld` is by how many bytes `document` is shorter than what ECS has: 0 unless values were
    withheld from a saved inventory.
    """

    arn: str
    document: Document = field(repr=False)
    tags: Mapping[str, str] = field(repr=False)
    withheld: int = 0

    @property
    def family(self) -> str:
        """The family, as the ARN names it."""
        return family_of(self.arn)

    @property
    def number(self) -> int:
        """The number of the revision within its family."""
        return number_of(self.arn)

    @property
    def is_active(self) -> bool:
        """Tell whether it may be rolled out: an INACTIVE revision is refused [fact 4.21]."""
        return self.document.get("status") == "ACTIVE"

    @property
    def registered_at(self) -> datetime | None:
        """When it was registered, or None where AWS does not say."""
        at = self.document.get("registeredAt")
        return datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None

    @property
    def base(self) -> str | None:
        """The ARN of the revision that ours corrects, as our tag states it."""
        return self.tags.get(BASE)

    @property
    def copy_of(self) -> str | None:
        """The ARN of the INACTIVE revision of which ours is an equal copy, as our tag states it."""
        return self.tags.get(COPY_OF)

    @property
    def new_drivers(self) -> frozenset[str]:
        """The log drivers that ours brought to containers of its base, as our tag states them."""
        return frozenset(self.tags.get(NEW_DRIVERS, "").split())

    @property
    def patch(self) -> str | None:
        """The digest of the logging patch that ours brought, as our tag states it."""
        return self.tags.get(PATCH)

    def bears_our_name(self, identity: Identity) -> bool:
        """Tell whether this instance tagged it and a principal of ours registered it."""
        by = text(self.document.get("registeredBy"))
        return (
            self.tags.get(MANAGED_BY) == identity.instance
            and by is not None
            and principal(by) in identity.principals
        )

    def is_ours(self, identity: Identity) -> bool:
        """Tell whether it bears our name and is what we sent: its digest recomputes."""
        return self.bears_our_name(identity) and self.tags.get(DIGEST) == content_digest(
            self.document
        )

    @property
    def is_of_our_kind(self) -> bool:
        """Tell whether some instance of this controller made it, whichever and by whatever role.

        That is less than `is_ours`: who copies the whole document with its tags makes one, too. So
        it may cause a refusal, and never a write.
        """
        return MANAGED_BY in self.tags and self.tags.get(DIGEST) == content_digest(self.document)

    def is_damaged(self, identity: Identity) -> bool:
        """Tell whether we registered it and ECS shows it other than it was sent."""
        ours = self.bears_our_name(identity) and self.tags.get(DIGEST, "").startswith(SCHEME)
        return ours and not self.is_ours(identity)

    def failed_for(self, service_arn: str) -> bool:
        """Tell whether it is marked as having failed for the service."""
        return failure_tag(service_arn) in self.tags

    def was_only_left_by(self, service_arn: str) -> bool:
        """Tell whether its mark says no more than that the service was set back from it."""
        return self.tags.get(failure_tag(service_arn), "").partition(" ")[0] == GONE_BACK

    def is_unproven_for(self, service_arn: str) -> bool:
        """Tell whether it was rolled out while the service wanted no task, and none ran since."""
        return self.tags.get(proof_tag(service_arn)) == UNPROVEN


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are: the instance's name, and the principals under which it registers."""

    instance: str
    principals: frozenset[str]


def principal(arn: str) -> str:
    """Return *arn* without its session name, if it is that of an assumed role [fact 2.27]."""
    head, _, rest = arn.partition(":assumed-role/")
    return f"{head}:assumed-role/{rest.split('/')[0]}" if rest else arn


def as_registered(arn: str) -> str | None:
    """Return the principal that `registeredBy` would name for the ARN of a role, user or session.

    A role registers as the role that it assumes, which has no path [fact 2.27]. None for what is no
    ARN of a principal.
    """
    found = _PRINCIPAL.fullmatch(arn)
    if found is None:
        return None
    if found["role"] is None:
        return principal(arn)
    name = found["role"].rpartition("/")[2]
    return f"arn:{found['partition']}:sts::{found['account']}:assumed-role/{name}"


def family_of(arn: str) -> str:
    """Return the family in the ARN, or in `family:revision`."""
    return arn.rsplit("/", 1)[-1].partition(":")[0]


def number_of(arn: str) -> int:
    """Return the revision number in the ARN, or in `family:revision`; 0 where it has none."""
    number = arn.rsplit(":", 1)[-1]
    return int(number) if number.isdecimal() else 0


def failure_tag(service_arn: str) -> str:
    """Return the key of the tag that marks a revision as failed for the service."""
    return FAILED + hashlib.sha256(service_arn.encode()).hexdigest()[:12]


def proof_tag(service_arn: str) -> str:
    """Return the key of the tag that tells whether a revision has proven itself for the service."""
    return PROOF + hashlib.sha256(service_arn.encode()).hexdigest()[:12]
