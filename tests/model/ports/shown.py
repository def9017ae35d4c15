"""How what the in-memory AWS holds is shown to those who read it through the ports."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from controller.core.service import deployment, observed
from controller.core.service import revision as revisions
from controller.core.service.deployment import History, PastDeployment, has_failed
from controller.core.service.tasks import Task, Tasks
from tests.model.aws.state import Change, Deployment, Json, Revision, Service


def service(one: Service) -> observed.Service:
    """Return a service as DescribeServices shows it."""
    configuration: Json = {
        "deploymentCircuitBreaker": {"enable": one.breaker, "rollback": one.breaker},
        "maximumPercent": one.maximum,
        "minimumHealthyPercent": one.minimum_healthy,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
    }
    document: Json = {
        "taskDefinition": one.task_definition,
        "schedulingStrategy": "REPLICA",
        "launchType": "EC2",
        "deploymentConfiguration": configuration,
    }
    return observed.Service(
        document=document,
        status="ACTIVE",
        desired=one.desired,
        running=one.running,
        controller="ECS",
        is_daemon=False,
        on_fargate=False,
        is_express=False,
        minimum_healthy_percent=one.minimum_healthy,
        tags=dict(one.tags),
        deployments=tuple(_deployment(each) for each in one.deployments),
        maximum_percent=one.maximum,
        created_at=one.created,
    )


def revision(one: Revision) -> revisions.Revision:
    """Return a revision as DescribeTaskDefinition shows it, tags beside it [fact 4.2]."""
    return revisions.Revision(one.arn, copy.deepcopy(one.document), dict(one.tags))


def history(one: Service | None, read: Callable[[str], revisions.Revision | None]) -> History:
    """Return the service deployments, newest first, with the revisions that they brought.

    *read* describes a revision, if it still can.
    """
    changes = [] if one is None else one.history
    bare = tuple(_past(change, changes[at + 1 :]) for at, change in enumerate(changes))
    whole = tuple(
        replace(past, failed=has_failed(bare, at), revision=read(past.task_definition or ""))
        for at, past in enumerate(bare)
    )
    return History(whole, complete=True)


def tasks(one: Service | None, *, now: datetime) -> Tasks:
    """Return the tasks: those that run, and those that stopped within the hour, with their reason.

    [DescribeTasks, API reference: a stopped task is shown for about an hour.]
    """
    shown: list[Task] = []
    for each in [] if one is None else one.deployments:
        shown += [_task(each, f"r{at}", began) for at, began in enumerate(each.began)]
        lately = [ended for ended in each.ended if ended > now - timedelta(hours=1)]
        shown += [_stopped(each, f"s{at}", ended) for at, ended in enumerate(lately)]
    return Tasks(tuple(shown))


def _task(one: Deployment, name: str, began: datetime) -> Task:
    return Task(
        arn=f"{one.id}/{name}",
        task_definition=one.task_definition,
        last_status="RUNNING",
        desired_status="RUNNING",
        started_by=one.id,
        created_at=one.created,
        started_at=began,
    )


def _stopped(one: Deployment, name: str, ended: datetime) -> Task:
    return replace(
        _task(one, name, ended),
        last_status="STOPPED",
        desired_status="STOPPED",
        stopped_at=ended,
        stopping_at=ended,
        stop_code="EssentialContainerExited",
        stopped_reason="Essential container in task exited",
    )


def _deployment(one: Deployment) -> deployment.Deployment:
    return deployment.Deployment(
        id=one.id,
        status=one.status,
        task_definition=one.task_definition,
        desired=one.desired,
        running=one.running,
        pending=one.pending,
        failed=one.failed,
        rollout_state=one.rollout,
        created_at=one.created,
        updated_at=one.updated,
    )


def _past(change: Change, before: list[Change]) -> PastDeployment:
    """Where several revisions ran when it began, ECS would return to what had last succeeded."""
    well = islice((one for one in before if one.status == "SUCCESSFUL"), 1)
    settled = next(iter(well), None)
    sources = change.sources
    came_from = settled if settled in sources else next(iter(sources), None)
    return PastDeployment(
        arn=change.arn,
        status=change.status,
        task_definition=change.task_definition,
        came_from=None if came_from is None else came_from.task_definition,
        created_at=change.created,
        finished_at=change.finished,
    )
