"""Owners: how far to go with services that something else is known to own."""

from __future__ import annotations

from enum import StrEnum

from controller.core.policy.written import Written


class OwnerMode(StrEnum):
    """How far to go with a service that somebody else (CloudFormation, …) owns."""

    AUDIT = "Audit"
    PATCH = "Patch"
    ENFORCE = "Enforce"


class Owners(Written):
    """How far to go with services that something else is known to own."""

    cloudformation: OwnerMode = OwnerMode.PATCH
    """For services that belong to a CloudFormation stack. Patch: what is changed behind a stack's
    back is undone by its next update, so the change is handed over for the template."""

    default: OwnerMode = OwnerMode.PATCH
    """For every other recognised owner. Patch, for the same reason; a service without an owner
    is not concerned."""
