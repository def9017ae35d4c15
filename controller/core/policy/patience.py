"""Patience: how long a roll is watched whose service no policy asks anything of any more."""

from __future__ import annotations

from collections.abc import Sequence

from controller.core.policy.model import LoggingPolicy


def as_patient_as(policy: LoggingPolicy, others: Sequence[LoggingPolicy]) -> LoggingPolicy:
    """Return *policy* with the longest deadlines of *others*; as it is, where there are none.

    Those are `progressDeadline` and `bakeTime`. Where it cannot be told by whose deadlines a roll
    is to be watched, the shortest would take a healthy one for failed.
    """
    if not others:
        return policy
    longest = {
        "progress_deadline": max(one.rollout.progress_deadline for one in others),
        "bake_time": max(one.rollout.bake_time for one in others),
    }
    rollout = policy.rollout.model_copy(update=longest)
    return policy.model_copy(update={"rollout": rollout})
