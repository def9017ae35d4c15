"""What marks on our revision say of the present roll: that it failed, or has earned its proof.

A failure is marked first, and then the service is returned. Where we were killed between the two,
or the return was refused, nothing but the mark tells of it once ECS shows the deployment as
completed long ago.
"""

from __future__ import annotations

from datetime import UTC, datetime

from controller.core.reason import Reason
from controller.core.service.deployment import Deployment
from controller.core.service.observed import Observed
from controller.core.service.revision import UNPROVEN, proof_tag
from controller.core.service.rolls.phases import Failed
from controller.core.service.rolls.results import failed_at


def marked_since(observed: Observed, primary: Deployment) -> Failed | None:
    """Return the failure with which our revision was marked since PRIMARY was made, or None.

    An older mark tells of a former roll, after which a person has approved another. One that only
    says that the service was set back is no verdict.
    """
    at = failed_at(observed.revision, observed.ref.arn)
    if at is None or at < primary.created_at:
        return None
    return Failed(
        Reason(
            "DeploymentFailed",
            f"the corrected revision was marked as failed at {at:%Y-%m-%d %H:%M} UTC, and the "
            "service has not been returned from it yet",
            "Read the stopped tasks' reason.",
        )
    )


def earned_since(observed: Observed, primary: Deployment) -> bool:
    """Tell whether its first tasks have proven our revision since PRIMARY was made."""
    word, _, moment = observed.revision.tags.get(proof_tag(observed.ref.arn), "").partition(" ")
    try:
        at = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return False
    return word != UNPROVEN and at >= primary.created_at
