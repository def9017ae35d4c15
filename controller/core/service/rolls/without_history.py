"""What a roll looks like while the history of the service's deployments may not be read.

It may be denied in the middle of a roll; one that fails is to be returned all the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from controller.core.document.json import items, members
from controller.core.service.deployment import Deployment, PastDeployment
from controller.core.service.duration import strategy_of
from controller.core.service.observed import Observed

_AT_ONCE: Final = timedelta(hours=1)
"""We register a revision right before we roll it: who deploys it much later is somebody else."""


def as_shown(observed: Observed, primary: Deployment) -> PastDeployment | None:
    """Return our deployment as the service shows it, or None: whose it is cannot be told.

    It is ours if it replaces the base of our revision and nothing else, right after that was
    registered. Of other strategies than the rolling update, and of hooks, only the history tells.
    """
    revision = observed.revision
    configured = members(observed.service.document.get("deploymentConfiguration"))
    if strategy_of(observed.service) != "ROLLING" or items(configured.get("lifecycleHooks")):
        return None
    others = {one.task_definition for one in observed.service.deployments if one is not primary}
    registered = revision.registered_at
    if registered is None or not others <= {revision.base}:
        return None
    if not timedelta() <= primary.created_at - registered <= _AT_ONCE:
        return None
    return PastDeployment(
        arn="",
        status="",
        task_definition=revision.arn,
        came_from=revision.base,
        created_at=primary.created_at,
        finished_at=None,
    )
