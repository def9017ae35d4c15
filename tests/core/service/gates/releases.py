"""The vocabulary of these tests: a service whose logging was corrected, and released over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from controller.core.document.json import Document
from controller.core.service.deployment import PastDeployment
from controller.core.service.revision import Revision
from tests.core.service.given import NOW, awslogs, container, task_definition
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    Scene,
    deployment,
    family,
    history,
    ours,
    past,
    revision,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ROLE = "arn:aws:sts::111122223333:assumed-role/pipeline"


def image(version: int, **logging: Any) -> Document:
    """Return what a pipeline's release of this number brings, with the old logging or another."""
    logs = awslogs(**{"mode": "blocking", **logging})
    return task_definition(container(image=f"shop/web:{version}", logConfiguration=logs))


def release(number: int, tag: int | None = None, **logging: Any) -> Revision:
    """Return the revision of a release; of the image of its number unless *tag* says otherwise."""
    shown = {"registeredBy": f"{ROLE}/session-with-a-secret"}
    return revision(number, image(number if tag is None else tag, **logging), **shown)


def corrected(number: int, over: Revision) -> Revision:
    """Return our correction of a revision."""
    containers = over.document["containerDefinitions"]
    assert isinstance(containers, list)
    tag = int(str(containers[0]["image"]).rsplit(":", 1)[-1])
    return ours(number, image(tag, mode="non-blocking"), base=over.number)


def told(ran: Iterable[Revision], *, every: timedelta = DAY, last: datetime = NOW) -> Scene:
    """Return the scene of a service that ran these, one after the other, the last since *last*."""
    listed = list(ran)
    started = [last - every * place for place in reversed(range(len(listed)))]
    before = [None, *(one.arn for one in listed)]
    deployments = [
        past(
            one,
            came_from=came_from,
            revision=one,
            created_at=at - timedelta(minutes=1),
            finished_at=at,
            arn=f"arn:deployment/{at}",
        )
        for one, came_from, at in zip(listed, before, started, strict=False)
    ]
    return of(listed[-1], deployments)


def of(running: Revision, oldest_first: list[PastDeployment]) -> Scene:
    """Return the scene of a service that runs a revision, with this history."""
    newest = oldest_first[-1]
    primary = deployment(running, started=newest.created_at, updated=newest.finished_at)
    scene = A_DRIFTED_SERVICE.with_service(
        document={"taskDefinition": running.arn}, deployments=(primary,)
    )
    runs = history(*reversed(oldest_first))
    return scene.but(revision=running, history=runs, family=family(running))


def released(times: int) -> list[Revision]:
    """Return what ran: a release, and so many times our correction of it and the next release."""
    ran = [release(1)]
    for number in range(2, 2 * times + 1, 2):
        ran += [corrected(number, ran[-1]), release(number + 1)]
    return ran


def reverted(times: int) -> list[Revision]:
    """Return what ran: a release, and so many times our correction of it and itself again."""
    first = release(1)
    return [first, *(one for _ in range(times) for one in (corrected(2, first), first))]


def reverted_as_new() -> list[Revision]:
    """Return what ran: one release, and two reverts, each registered anew."""
    ran = released(1)
    for number in (4, 6):
        ran += [corrected(number, ran[-1]), release(number + 1, 3)]
    return ran


def approved(scene: Scene, at: datetime) -> Scene:
    """Return the scene after a person has approved the service."""
    return scene.with_service(tags={"ecs-logging/approve": at.isoformat()})
