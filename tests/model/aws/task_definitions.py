"""Task definitions: numbered within their family, never changed, described with ECS's defaults."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from controller.errors import TerminalError
from tests.model.aws.state import Json, Revision

_DEFAULTS: Final[Json] = {
    "cpu": 0,
    "portMappings": [],
    "essential": True,
    "environment": [],
    "mountPoints": [],
    "volumesFrom": [],
    "systemControls": [],
}


def register(
    families: dict[str, list[Revision]],
    sent: Json,
    tags: Mapping[str, str],
    *,
    by: str,
    at: datetime,
    prefix: str,
) -> Revision:
    """Add a revision, whatever its content: there is no client token [fact 4.4].

    It is described with what ECS fills in [facts 3.5, 4.5], and with who registered it and when
    [fact 4.1].
    """
    family = str(sent["family"])
    revisions = families.setdefault(family, [])
    number = len(revisions) + 1
    arn = f"{prefix}:task-definition/{family}:{number}"
    document = {"volumes": [], "placementConstraints": [], **copy.deepcopy(sent)}
    document["containerDefinitions"] = [
        {**copy.deepcopy(_DEFAULTS), **one} for one in document["containerDefinitions"]
    ]
    document |= {
        "taskDefinitionArn": arn,
        "revision": number,
        "status": "ACTIVE",
        "requiresAttributes": [],
        "compatibilities": ["EXTERNAL", "EC2"],
        "registeredAt": at.timestamp(),
        "registeredBy": by,
    }
    revisions.append(Revision(arn, document, dict(tags)))
    return revisions[-1]


def find(families: Mapping[str, list[Revision]], named: str) -> Revision | None:
    """Return the revision by its ARN; by a bare family the latest ACTIVE one [facts 4.8, 4.21]."""
    family, _, number = named.rsplit("/", 1)[-1].partition(":")
    for revision in reversed(families.get(family, [])):
        if number == str(revision.number) or (not number and revision.is_active):
            return revision
    return None


def usable(families: Mapping[str, list[Revision]], named: str) -> Revision:
    """Return the revision that a service may be set to; an INACTIVE one is refused [fact 4.21]."""
    operation, code = "UpdateService", "ClientException"
    found = find(families, named)
    if found is None:
        raise TerminalError(operation, code, "TaskDefinition not found.", where=named)
    if not found.is_active:
        raise TerminalError(operation, code, "TaskDefinition is inactive", where=named)
    return found


def deregister(families: Mapping[str, list[Revision]], arn: str, *, at: datetime) -> None:
    """Make it INACTIVE; what runs it goes on running [fact 4.21]. A second time changes nothing."""
    found = find(families, arn)
    if found is None:
        message = "Unable to describe task definition."
        raise TerminalError("DeregisterTaskDefinition", "ClientException", message, where=arn)
    if found.is_active:
        found.document |= {"status": "INACTIVE", "deregisteredAt": at.timestamp()}
