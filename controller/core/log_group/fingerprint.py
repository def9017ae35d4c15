"""A correction of a log group as a plan file names it."""

from __future__ import annotations

from controller.core.consent import Change
from controller.core.document.digest import digest
from controller.core.document.edit import Edit
from controller.core.document.json import Json
from controller.core.document.patch import json_patch
from controller.core.log_group.observed import LogGroup


def change_of(group: LogGroup, edits: tuple[Edit, ...]) -> Change:
    """Return the change that *edits* make to the group.

    What counts of the group is what the rules look at: its name, its retention and who sets it,
    and what it was made with.
    """
    seen: list[Json] = [
        group.ref.arn,
        group.exists,
        group.retention_in_days,
        group.retention_policy,
        group.kms_key_id,
        group.log_group_class,
        group.is_protected,
    ]
    patch = digest(json_patch(group.document, edits))
    return Change(group.ref, fingerprint=digest(seen), patch=patch)
