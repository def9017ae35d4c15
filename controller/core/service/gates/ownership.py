"""No infrastructure-as-code tool owns the task definition, or the policy lets us overrule it."""

from __future__ import annotations

from typing import Final

from controller.core.move import Wait
from controller.core.policy.model import OwnerMode
from controller.core.service.candidate import Candidate

_STACK: Final = "aws:cloudformation:stack-name"


def ownership(candidate: Candidate) -> Wait | None:
    """Refuse with `OwnedElsewhere` what CloudFormation owns [fact 4.26], unless `owners` allows.

    CloudFormation would revert the change with its next update of the stack. Where the tags that
    name the stack could not be read, that is refused as well.
    """
    observed = candidate.observed
    if candidate.policy.owners.cloudformation is OwnerMode.ENFORCE:
        return None
    tags = observed.service.tags
    stack = (tags or {}).get(_STACK) or observed.revision.tags.get(_STACK)
    if stack is None and tags is None:
        return candidate.refuse(
            "AccessDenied",
            "its tags could not be read, so nobody can tell who owns it",
            "See docs/permissions.md for what is read, and why.",
        )
    if stack is None:
        return None
    return candidate.refuse(
        "OwnedElsewhere",
        f"the CloudFormation stack {stack} owns it",
        "Take the patch that `ecs-logging plan` shows to the template, "
        "or set owners.cloudformation: Enforce.",
    )
