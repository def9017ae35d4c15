"""By whose deadlines a roll is watched that no policy asks for at present."""

from __future__ import annotations

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Contested, Governed, Selection, Undecided, may_govern
from controller.core.service.observed import Observed
from controller.core.service.revision import POLICY
from controller.core.service.subject import subject_of


def watched_by(
    observed: Observed, selected: Selection, policies: PolicySet
) -> tuple[LoggingPolicy, ...]:
    """Return whoever may govern the service, and the policy under which its roll was begun.

    *selected* is whom *policies* select for it. Nobody, where none of them is in the set any more.
    """
    begun_under = observed.revision.tags.get(POLICY)
    named = tuple(one for one in policies.policies if one.name == begun_under)
    match selected:
        case Governed(policy=policy):
            return (policy, *named)
        case Undecided() | Contested():
            return (*may_govern(policies.policies, subject_of(observed)), *named)
        case _:
            return named
