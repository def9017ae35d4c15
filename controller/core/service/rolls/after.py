"""A roll that has completed: it is watched for the bake, and then all its tasks must run."""

from __future__ import annotations

from datetime import datetime

from controller.core.policy.model import Rollout
from controller.core.reason import Reason
from controller.core.service.deployment import PastDeployment
from controller.core.service.observed import Observed
from controller.core.service.rolls.phases import Baking, Failed, NotOurs, Phase, Proven, Unsteady


def after_completion(
    observed: Observed, roll: PastDeployment, rollout: Rollout, now: datetime
) -> Phase:
    """Return the phase of the roll that *roll* tells of: watched, proven, or failed."""
    primary = observed.service.primary
    if primary is None:
        return NotOurs()
    baked = (roll.finished_at or primary.updated_at) + rollout.bake_time
    if now < baked:
        return Baking(baked)
    # Missing tasks alone prove nothing: the service may just have been scaled out.
    if observed.service.running >= observed.service.desired:
        return Proven()
    deadline = baked + rollout.progress_deadline
    if now < deadline:
        return Unsteady(deadline)
    if not primary.failed or now >= deadline + rollout.progress_deadline:
        return Proven()
    return Failed(
        Reason(
            "NotSteady",
            f"{observed.service.running} of {observed.service.desired} tasks run "
            f"since the deployment {primary.id} completed, and {primary.failed} have failed",
            "Read the stopped tasks' reason.",
        )
    )
