"""CodeDeploy's deployments told as those of ECS are: what a service ran, from what, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from controller.core.service.code_deploy.group import (
    SUCCEEDED,
    CodeDeployment,
    DeploymentGroup,
)
from controller.core.service.deployment import SPAN, History, PastDeployment, went_back
from controller.core.service.revision import Revision

FEWEST: Final = 6
"""Of so many deployments it is read in any case what they brought, however old they are."""
MOST: Final = 60
"""Of more deployments of the last 14 days than this it is not read what they brought."""


def history_of(group: DeploymentGroup) -> History:
    """Return the history of the service, which ECS does not keep where CodeDeploy deploys.

    What its deployments brought is still to be read: see `revisions_to_read`.
    """
    all_of_them = group.deployments
    pasts = tuple(_past(one, all_of_them[at + 1 :]) for at, one in enumerate(all_of_them))
    return History(pasts, group.complete)


def revisions_to_read(history: History) -> tuple[str, ...]:
    """Return the ARNs of the revisions without which the history does not tell enough.

    They are read as far as for a service that ECS deploys: those that failed or were gone back
    from, and those of the last 14 days.
    """
    deployments, recent = history.deployments, _recent(history)
    read = (
        past.task_definition
        for at, past in enumerate(deployments)
        if at < recent or past.failed or went_back(deployments, at)
    )
    return tuple(sorted({arn for arn in read if arn is not None}))


def with_revisions(history: History, revisions: Mapping[str, Revision | None]) -> History:
    """Return the history with what its deployments brought, as far as that was read."""
    told = tuple(
        replace(past, revision=revisions.get(past.task_definition or ""))
        for past in history.deployments
    )
    recent = _recent(history)
    is_cut = recent == MOST and len(told) > MOST
    return replace(
        history,
        deployments=told,
        revisions_since=told[MOST - 1].created_at if is_cut else None,
    )


def _recent(history: History) -> int:
    """Return of how many of the newest it is read what they brought."""
    deployments = history.deployments
    if not deployments:
        return 0
    begin = deployments[0].created_at - SPAN
    # One more: the one from which the first of them led away.
    within = 1 + sum(past.created_at >= begin for past in deployments)
    return min(max(within, FEWEST), len(deployments), MOST)


def _past(one: CodeDeployment, before: tuple[CodeDeployment, ...]) -> PastDeployment:
    came_from = next((older for older in before if older.status == SUCCEEDED), None)
    return PastDeployment(
        arn=one.id,
        status=_status(one),
        task_definition=one.task_definition,
        came_from=None if came_from is None else came_from.task_definition,
        created_at=one.created_at,
        finished_at=one.finished_at,
        failed=one.has_failed,
        reason=one.error,
    )


def _status(one: CodeDeployment) -> str:
    if one.is_running:
        return "IN_PROGRESS"
    return "SUCCESSFUL" if one.status == SUCCEEDED else "STOPPED"
