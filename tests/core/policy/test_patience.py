"""Of several policies the most patient one says how long a roll is watched."""

from __future__ import annotations

from datetime import timedelta

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.nobody import nobodys
from controller.core.policy.patience import as_patient_as
from controller.core.policy.rollout import Rollout
from tests.core.policy.written import governing


def waiting(minutes: int, *, baking: int) -> LoggingPolicy:
    """Return a policy with these deadlines, in minutes."""
    deadline, bake = timedelta(minutes=minutes), timedelta(minutes=baking)
    rollout = Rollout(progress_deadline=deadline, bake_time=bake, cooldown=timedelta(0))
    return governing("one").model_copy(update={"rollout": rollout})


def test_each_deadline_is_the_longest_of_all() -> None:
    patient = as_patient_as(nobodys(), [waiting(120, baking=1), waiting(5, baking=30)]).rollout

    assert patient.progress_deadline == timedelta(hours=2)
    assert patient.bake_time == timedelta(minutes=30)
    assert patient.cooldown == Rollout().cooldown


def test_deadlines_that_are_shorter_than_the_default_are_taken_as_well() -> None:
    patient = as_patient_as(nobodys(), [waiting(2, baking=1)]).rollout

    assert patient.progress_deadline == timedelta(minutes=2)


def test_with_nobody_to_take_after_it_stays_as_it_is() -> None:
    assert as_patient_as(nobodys(), []).rollout == Rollout()
