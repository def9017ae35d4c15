"""Whether AWS itself says that a deployment failed, or somebody may only have gone back from it."""

from __future__ import annotations

from typing import Final

from controller.core.service.deployment import ROLLED_BACK, PastDeployment
from controller.core.service.observed import Observed

_TRIGGERED: Final = "TRIGGERED"


def failed_by_aws(past: PastDeployment, observed: Observed) -> bool:
    """Tell whether AWS says so: it rolled back, or the circuit breaker or an alarm went off.

    A deployment that is merely STOPPED was overtaken by the next one: by our own return, which
    leaves a mark first, or by somebody who went back while it was still going on [fact 1.25].
    CodeDeploy's deployments end so by themselves.
    """
    if observed.service.is_by_code_deploy:
        return past.failed
    return past.status in ROLLED_BACK or _TRIGGERED in {past.breaker, past.alarms}
