"""The tasks of a service: those that run, those that stopped of late, and which are protected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.core.document.json import Json, text
from controller.core.refs import ServiceRef
from controller.core.service.stop_reason import redacted
from controller.core.service.tasks import StoppedContainer, Task, Tasks
from controller.errors import DeniedError, TerminalError

AT_ONCE: Final = 100  # [fact 5.5]
MOST_PAGES: Final = 10


async def read_tasks(api: Api, ref: ServiceRef) -> Tasks:
    """Return the tasks of *ref*; not `complete` where there are more than are looked at.

    A task that is gone between the list and the look is left out. Where protection may not be read,
    none is known.
    """
    running, all_running = await _listed(api, ref, "RUNNING")
    stopped, all_stopped = await _listed(api, ref, "STOPPED")
    described = await _described(api, ref, [*running, *stopped])
    protected = await _protected(api, ref, running)
    tasks = tuple(_task(one, protected) for one in described)
    return Tasks(tasks, complete=all_running and all_stopped)


async def _listed(api: Api, ref: ServiceRef, status: str) -> tuple[list[str], bool]:
    asked = {
        "cluster": ref.cluster,
        "serviceName": ref.name,
        "desiredStatus": status,
        "maxResults": AT_ONCE,
    }
    arns: list[str] = []
    pages = 0
    async for page in api.pages("ListTasks", asked, where=ref.arn):
        arns += page.texts("taskArns")
        pages += 1
        if pages == MOST_PAGES:
            return arns, not page.document.get("nextToken")
    return arns, True


async def _described(api: Api, ref: ServiceRef, arns: Sequence[str]) -> list[Answer]:
    async def some(asked: Sequence[str]) -> list[Answer]:
        params = {"cluster": ref.cluster, "tasks": list(asked)}
        answer = await api.call("DescribeTasks", params, where=ref.arn)
        return answer.parts("tasks")

    return [one for part in await for_each(_chunks(arns), some) for one in part]


async def _protected(api: Api, ref: ServiceRef, arns: Sequence[str]) -> Mapping[str, datetime]:
    """Return until when tasks are protected, by their ARNs; those that are not are left out."""

    async def some(asked: Sequence[str]) -> list[Answer]:
        params = {"cluster": ref.cluster, "tasks": list(asked)}
        answer = await api.call("GetTaskProtection", params, where=ref.arn)
        return answer.parts("protectedTasks")

    try:
        found = [one for part in await for_each(_chunks(arns), some) for one in part]
    except (DeniedError, TerminalError):
        return {}
    until = ((one.text("taskArn"), one.moment_if_any("expirationDate")) for one in found)
    return {arn: moment for arn, moment in until if moment is not None}


def _chunks(arns: Sequence[str]) -> list[Sequence[str]]:
    return [arns[at : at + AT_ONCE] for at in range(0, len(arns), AT_ONCE)]


def _task(answer: Answer, protected: Mapping[str, datetime]) -> Task:
    shown = answer.document
    arn = answer.text("taskArn")
    return Task(
        arn=arn,
        task_definition=answer.text("taskDefinitionArn"),
        last_status=answer.text("lastStatus"),
        desired_status=answer.text("desiredStatus"),
        health=text(shown.get("healthStatus")),
        started_by=text(shown.get("startedBy")),
        created_at=answer.moment_if_any("createdAt"),
        started_at=answer.moment_if_any("startedAt"),
        stopping_at=answer.moment_if_any("stoppingAt"),
        stopped_at=answer.moment_if_any("stoppedAt"),
        stop_code=text(shown.get("stopCode")),
        stopped_reason=_reason(shown.get("stoppedReason")),
        containers=tuple(_container(one) for one in answer.parts("containers")),
        protected_until=protected.get(arn),
    )


def _container(answer: Answer) -> StoppedContainer:
    code = answer.document.get("exitCode")
    known = isinstance(code, int) and not isinstance(code, bool)
    return StoppedContainer(
        name=answer.text("name"),
        reason=_reason(answer.document.get("reason")),
        exit_code=answer.number("exitCode") if known else None,
    )


def _reason(said: Json) -> str | None:
    reason = text(said)
    return None if reason is None else redacted(reason)
