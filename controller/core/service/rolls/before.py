"""A roll that has not completed: whether it shows progress, and until when it must."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.core.move import Look
from controller.core.policy.rollout import Rollout
from controller.core.reason import Reason
from controller.core.service.deployment import Deployment, Hook, PastDeployment
from controller.core.service.observed import NotAsked, Observed
from controller.core.service.rolls.awaiting import awaited, persons_hook
from controller.core.service.rolls.given_up import given_up
from controller.core.service.rolls.logging_failed import logging_failed
from controller.core.service.rolls.phases import AwaitingPerson, Failed, Phase, Rolling
from controller.core.service.rolls.progress import last_progress, wants_tasks


def before_completion(
    observed: Observed, primary: Deployment, roll: PastDeployment, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase of the roll that *roll* tells of: it goes on, waits, or has failed.

    The deadline counts from the last progress, and only when nothing is left that it may wait for.
    """
    if (ended := given_up(primary, roll, now)) is not None:
        return ended
    if (hook := persons_hook(roll)) is not None:
        return AwaitingPerson(_asks(observed, roll, hook))
    if wants_tasks(observed, primary, roll):
        return Look("tasks")
    if (because := logging_failed(observed, primary)) is not None:
        return Failed(because)
    waits = awaited(observed, primary, roll, last_progress(observed, primary, roll))
    deadline = waits.until + rollout.progress_deadline
    if now < deadline:
        return Rolling(deadline, waits.thing)
    if isinstance(observed.tasks, NotAsked):
        return Look("tasks")  # They may show progress, or protection, that nothing else does.
    return Failed(_stuck(primary, rollout.progress_deadline))


def _asks(observed: Observed, roll: PastDeployment, hook: Hook) -> Reason:
    stage = "" if roll.stage is None else f" at {roll.stage}"
    acts = (
        ""
        if hook.expires_at is None
        else f"; ECS takes {hook.action} at {hook.expires_at:%F %H:%M} UTC"
    )
    return Reason(
        "AwaitingPerson",
        f"the lifecycle hook {hook.id}{stage} waits for somebody to let the deployment go on{acts}",
        f"aws ecs continue-service-deployment --region {observed.ref.region} "
        f"--service-deployment-arn {roll.arn} --hook-id {hook.id} --action CONTINUE",
    )


def _stuck(primary: Deployment, deadline: timedelta) -> Reason:
    return Reason(
        "ProgressDeadlineExceeded",
        f"the deployment {primary.id} made no progress for {deadline}: "
        f"{primary.running} of {primary.desired} tasks run, {primary.failed} failed",
        "Read the stopped tasks' reason.",
    )
