"""Across: what policies get wrong only together, names given twice and priorities that tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from controller.core.policy.located import Located
from controller.core.policy.meeting import surely_meet
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.problem import Fault, Problem, Reason


def problems_across(policies: Sequence[Located]) -> Iterator[Problem]:
    """Yield what is wrong between policies, told of the later one."""
    first: dict[str, Located] = {}
    for one in policies:
        if first.setdefault(one.policy.name, one) is not one:
            yield one.problem(_twice(first[one.policy.name]), "metadata", "name")
    for earlier, later in combinations(first.values(), 2):
        if surely_tie(earlier.policy, later.policy):
            yield later.problem(_tie(earlier, later), "spec", "priority")


def surely_tie(one: LoggingPolicy, other: LoggingPolicy) -> bool:
    """Say whether two policies of one priority certainly select a service in common.

    What is not certain here, such as whether `prod-*` and `*-eu` meet, is known only when a service
    does: then it is a PolicyConflict.
    """
    if one.priority != other.priority:
        return False
    excluded = (*one.exclude, *other.exclude)
    pairs = product(one.match, other.match)
    return any(surely_meet(left, right, excluded) for left, right in pairs)


def _twice(first: Located) -> Fault:
    place = first.place("metadata", "name")
    message = f"the name `{first.policy.name}` is already given at {place}"
    return Fault(Reason.DUPLICATE_NAME, message, "give each policy a name of its own")


def _tie(earlier: Located, later: Located) -> Fault:
    message = (
        f"`{later.policy.name}` and `{earlier.policy.name}` ({earlier.place('spec', 'priority')})"
        f" match the same services with the same priority, {later.policy.priority}"
    )
    hint = "give one of them another `priority`, or `exclude` from one what the other governs"
    return Fault(Reason.AMBIGUOUS_PRIORITY, message, hint)
