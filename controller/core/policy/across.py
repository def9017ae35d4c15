"""Across: what policies get wrong only together, names given twice and priorities that tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from controller.core.policy.located import Located
from controller.core.policy.meeting import surely_meet
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.problem import Fault, Problem, Reason

_MOST_PAIRS: Final = 400
"""Pairs of selectors of two policies that are tried. A tie beyond them is a PolicyConflict."""

_PRIORITY: Final = ("spec", "priority")


def problems_across(policies: Sequence[Located]) -> Iterator[Problem]:
    """Yield what is wrong between policies, told of the later one."""
    first: dict[str, Located] = {}
    for one in policies:
        if first.setdefault(one.policy.name, one) is not one:
            yield one.problem(_twice(first[one.policy.name]), "metadata", "name")
    equals: dict[int, list[Located]] = {}
    for later in first.values():
        earlier = equals.setdefault(later.policy.priority, [])
        if tied := [one for one in earlier if surely_tie(one.policy, later.policy)]:
            yield later.problem(_tie(tied, later), *_place_of_priority(later))
        earlier.append(later)


def surely_tie(one: LoggingPolicy, other: LoggingPolicy) -> bool:
    """Say whether two policies of one priority certainly select a service in common.

    What is not certain here, such as whether `prod-*` and `*-eu` meet, is known only when a service
    does: then it is a PolicyConflict.
    """
    if one.priority != other.priority:
        return False
    excluded = (*one.exclude, *other.exclude)
    pairs = islice(product(one.match, other.match), _MOST_PAIRS)
    return any(surely_meet(left, right, excluded) for left, right in pairs)


def _twice(first: Located) -> Fault:
    place = first.place("metadata", "name")
    message = f"the name `{first.policy.name}` is already given at {place}"
    return Fault(Reason.DUPLICATE_NAME, message, "give each policy a name of its own")


def _tie(tied: Sequence[Located], later: Located) -> Fault:
    earlier, *others = tied
    more = f" and {len(others)} more" if others else ""
    message = (
        f"`{later.policy.name}` and `{earlier.policy.name}`"
        f" ({earlier.place(*_place_of_priority(earlier))}){more}"
        f" match the same services with the same priority, {later.policy.priority}"
    )
    hint = "give one of them another `priority`, or `exclude` from one what the other governs"
    return Fault(Reason.AMBIGUOUS_PRIORITY, message, hint)


def _place_of_priority(one: Located) -> tuple[str, str]:
    """Return where to tell of a policy's priority: in its own document, whoever else states it."""
    own, mark = one.node.mark, one.entry(*_PRIORITY).mark
    if mark.file == own.file and mark >= own:
        return _PRIORITY
    return ("metadata", "name") if one.policy.extends is None else ("spec", "extends")
