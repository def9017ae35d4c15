"""Owners: how far to go with services that something else is known to own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from controller.core.policy.metadata import PolicyName
from controller.core.policy.problem import Fault, Reason
from controller.core.policy.selector import Glob, Globs
from controller.core.policy.written import Written, refusal


class OwnerMode(StrEnum):
    """How far to go with a service that somebody else (CloudFormation, …) owns."""

    AUDIT = "Audit"
    PATCH = "Patch"
    ENFORCE = "Enforce"


class NamedOwner(Written):
    """An owner that no tag of AWS tells, such as Terraform or a pipeline, and how to know it."""

    name: PolicyName
    """What people call the owner; unique in the policy. Required."""

    tags: Annotated[Mapping[Annotated[str, Field(min_length=1)], Glob], Field(min_length=1)] = (
        Field(default_factory=dict)
    )
    """Tags by which its services are known: each must be on the service, its revision or the log
    group, with a value that fits the glob. Without them, `principals` alone tell."""

    principals: Globs = ()
    """ARNs of roles or users, as globs of which any may fit, which made the service or registered
    its revision. Without them, `tags` alone tell; with both, either is enough."""

    mode: OwnerMode | None = None
    """How far to go with what it owns. Without it, as `default` says."""

    @model_validator(mode="after")
    def _is_known_by_something(self) -> Self:
        if not self.tags and not self.principals:
            hint = 'add `tags: {managed-by: terraform}` or `principals: ["arn:aws:iam::*:role/ci"]`'
            raise refusal(Fault(Reason.MISSING_KEY, "nothing tells what this owner owns", hint))
        return self

    def __hash__(self) -> int:
        """Return the same for equal owners, whose tags are of no order."""
        return hash((self.name, frozenset(self.tags.items()), self.principals, self.mode))


class Owners(Written):
    """How far to go with services that something else is known to own."""

    cloudformation: OwnerMode = OwnerMode.PATCH
    """For services that belong to a CloudFormation stack. Patch: what is changed behind a stack's
    back is undone by its next update, so the change is handed over for the template."""

    cdk: OwnerMode | None = None
    """For services of a stack that the CDK made, as its tags tell. Without it, as `cloudformation`
    says."""

    copilot: OwnerMode | None = None
    """For services of AWS Copilot, as its tags tell. Without it, as `cloudformation` says."""

    controller: OwnerMode | None = None
    """For services that another instance of this controller has corrected. Without it, as `default`
    says; with Enforce, two instances with different policies undo each other's work."""

    named: tuple[NamedOwner, ...] = ()
    """Owners that no tag of AWS tells, such as Terraform or a pipeline. None by default."""

    default: OwnerMode = OwnerMode.PATCH
    """For every recognised owner of which nothing else is said. Patch, for the same reason as with
    `cloudformation`; a service without an owner is not concerned."""

    @field_validator("named")
    @classmethod
    def _have_names_of_their_own(cls, named: tuple[NamedOwner, ...]) -> tuple[NamedOwner, ...]:
        if faults := tuple(_given_twice(named)):
            raise refusal(*faults)
        return named


def _given_twice(named: Sequence[NamedOwner]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, owner in enumerate(named):
        if first.setdefault(owner.name, index) != index:
            message = f"the name `{owner.name}` is already given to another owner"
            hint = "give each owner a name of its own"
            yield Fault(Reason.DUPLICATE_NAME, message, hint, (index, "name"))
