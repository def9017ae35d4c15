"""Owned: who else owns a thing, as its tags and those who made it tell, and what that allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from controller.core.policy.glob import matches, matches_any
from controller.core.policy.owners import NamedOwner, OwnerMode, Owners
from controller.core.reason import Reason

STACK: Final = "aws:cloudformation:stack-name"
"""The tag by which CloudFormation marks what is of a stack [fact 4.26]."""

_STACK: Final = (STACK,)
_CDK: Final = ("aws:cdk:", "aws-cdk:")
_COPILOT: Final = ("copilot-application",)


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells who owns a thing: of a service, also what its revision bears.

    `tags` are by what bears them, such as "the service"; `makers` are ARNs by what was done, such
    as "made it". `instance` names another instance of this controller whose work it is, and
    `of_instance` what bears its tag.
    """

    tags: Mapping[str, Mapping[str, str]]
    makers: Mapping[str, str] = field(default_factory=dict)
    instance: str | None = None
    of_instance: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody else who owns a thing: what it is called, by what it is known, and how far to go.

    `key` is where the policy says so, `source` where the change belongs.
    """

    called: str
    known_by: str
    mode: OwnerMode
    key: str
    source: str


def owner_of(marks: Marks, owners: Iterable[Owners]) -> Owner | None:
    """Return who else owns a thing, by what policies say of owners; None where nobody does.

    Of several, the one with whom least may be done.
    """
    found = [one for each in dict.fromkeys(owners) for one in _recognised(marks, each)]
    return min(found, key=lambda one: tuple(OwnerMode).index(one.mode), default=None)


def may_be_overruled(owners: Owners) -> bool:
    """Tell whether a policy overrules whomever the tags of a service may tell of."""
    told_by_tags = (
        owners.cloudformation,
        owners.cdk or owners.cloudformation,
        owners.copilot or owners.cloudformation,
        *(one.mode or owners.default for one in owners.named if one.tags),
    )
    return all(mode is OwnerMode.ENFORCE for mode in told_by_tags)


def owned_elsewhere(owner: Owner, what: str) -> Reason:
    """Return why nothing is written to *what*, such as "the service", that another owns."""
    told = f"{owner.called} owns {what}, as {owner.known_by} tells"
    if owner.mode is OwnerMode.AUDIT:
        remedy = f"Change it {owner.source}: by {owner.key} the policy leaves it alone."
    else:
        remedy = (
            f"Take the patch that `ecs-logging plan` shows and make the change {owner.source}, "
            f"or set {owner.key}: Enforce."
        )
    return Reason("OwnedElsewhere", told, remedy)


def _recognised(marks: Marks, owners: Owners) -> Iterator[Owner]:
    if (stack := _of_a_stack(marks, owners)) is not None:
        yield stack
    if marks.instance is not None:
        yield Owner(
            called=f"another instance of this controller, {marks.instance},",
            known_by=_tag_of(marks.of_instance),
            mode=owners.controller or owners.default,
            key="owners.controller",
            source="by the policies of that instance, or exclude it from one of the two",
        )
    for named in owners.named:
        if (known_by := _known_by(named, marks)) is not None:
            yield Owner(
                called=named.name,
                known_by=known_by,
                mode=named.mode or owners.default,
                key=f"the mode of {named.name} in owners.named",
                source="at its source",
            )


def _tag_of(bearer: str | None) -> str:
    return "the tag ecs-logging/managed-by" + ("" if bearer is None else f" of {bearer}")


def _of_a_stack(marks: Marks, owners: Owners) -> Owner | None:
    """Return the tool that made the stack, as exactly as tags tell it."""
    stack, cdk, copilot = (_tag(marks, *prefixes) for prefixes in (_STACK, _CDK, _COPILOT))
    if copilot is not None:
        called, key = f"the Copilot application {copilot.value}", "copilot"
        mode, source = owners.copilot, "in the manifest of Copilot"
    elif cdk is not None:
        called = "the CDK" if stack is None else f"the CDK, by the stack {stack.value},"
        key, mode, source = "cdk", owners.cdk, "in the CDK app"
    elif stack is not None:
        called, key = f"the CloudFormation stack {stack.value}", "cloudformation"
        mode, source = owners.cloudformation, "in the template"
    else:
        return None
    known = copilot or cdk or stack
    return Owner(
        called=called,
        known_by="" if known is None else f"the tag {known.key} of {known.of}",
        mode=mode or owners.cloudformation,
        key=f"owners.{key}",
        source=source,
    )


@dataclass(frozen=True, slots=True)
class _Tag:
    key: str
    value: str
    of: str


def _tag(marks: Marks, *prefixes: str) -> _Tag | None:
    """Return the first tag whose key begins with one of *prefixes*."""
    return next(
        (
            _Tag(key, value, of)
            for of, tags in marks.tags.items()
            for key, value in tags.items()
            if key.startswith(prefixes)
        ),
        None,
    )


def _known_by(named: NamedOwner, marks: Marks) -> str | None:
    """Return by what a named owner is known here; None where it is not."""
    if named.tags and all(
        any(matches(glob, tags[key]) for tags in marks.tags.values() if key in tags)
        for key, glob in named.tags.items()
    ):
        keys = " and ".join(named.tags)
        return f"the tag {keys}" if len(named.tags) == 1 else f"the tags {keys}"
    for did, arn in marks.makers.items():
        if any(matches_any(named.principals, one) for one in _names_of(arn)):
            return f"{arn}, which {did},"
    return None


def _names_of(arn: str) -> Iterator[str]:
    """Yield how people write an ARN; that of a session also without its name, or as the role's."""
    yield arn
    head, _, rest = arn.partition(":assumed-role/")
    if rest:
        role = rest.split("/")[0]
        yield f"{head}:assumed-role/{role}"
        yield f"{head.replace(':sts:', ':iam:')}:role/{role}"
