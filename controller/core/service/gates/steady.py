"""The service is at rest: nobody deploys it, all its tasks run, and no alarm of it is in ALARM."""

from __future__ import annotations

from controller.core.move import Look, Wait
from controller.core.service.alarms import alarm_names
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import IN_PROGRESS, History
from controller.core.service.observed import NotAsked, Service, Unread
from controller.core.service.repair import is_repair
from controller.core.service.tasks import Tasks

_MEND = "Mend the service first; it is looked at again."


def steady(candidate: Candidate) -> Wait | Look | None:
    """Refuse with `DeploymentInProgress`, `NotSteady` or an alarm a service that is not at rest.

    A deployment without a rolloutState, as behind a Classic Load Balancer [fact 4.16], is at rest
    if it is the only one and the history knows of none that goes on. Tasks may be missing where
    they cannot start for the very logging that is to be corrected.
    """
    return _deploying(candidate) or _missing_tasks(candidate) or _alarmed(candidate)


def _deploying(candidate: Candidate) -> Wait | Look | None:
    service, history = candidate.observed.service, candidate.observed.history
    primary = service.primary
    if service.is_by_code_deploy:
        return None
    state = None if primary is None else primary.rollout_state
    goes_on = primary is None or len(service.deployments) > 1 or state == "IN_PROGRESS"
    if not goes_on and state is None and isinstance(history, NotAsked):
        return Look("history")
    if isinstance(history, History) and history.deployments:
        goes_on = goes_on or history.deployments[0].status in IN_PROGRESS
    if not goes_on:
        return None
    return candidate.refuse(
        "DeploymentInProgress",
        _unended(service),
        "It goes on by itself when the service is at rest.",
        again_in=candidate.watch,
    )


def _missing_tasks(candidate: Candidate) -> Wait | Look | None:
    service, tasks = candidate.observed.service, candidate.observed.tasks
    state = None if service.primary is None else service.primary.rollout_state
    if state != "FAILED" and service.running >= service.desired:
        return None
    if isinstance(tasks, NotAsked):
        return Look("tasks")
    if isinstance(tasks, Tasks) and is_repair(candidate, tasks):
        return None
    return candidate.refuse(
        "NotSteady",
        f"{service.running} of {service.desired} tasks run, so a roll could not be judged",
        _MEND,
        again_in=candidate.watch,
    )


def _alarmed(candidate: Candidate) -> Wait | Look | None:
    """Refuse where an alarm that is to end a bad deployment could not [fact 4.19].

    ECS ignores all alarms of a deployment if one of them is in ALARM when it starts.
    """
    names, alarms = alarm_names(candidate.observed.service), candidate.observed.alarms
    if not names:
        return None
    if isinstance(alarms, NotAsked):
        return Look("alarms")
    if isinstance(alarms, Unread):
        return Wait(alarms.reason)
    if missing := sorted(names - alarms.keys()):
        told = f"its deployments heed alarms that are not there: {', '.join(missing)}"
        return candidate.refuse("AlarmMissing", told, "Make them, or take them off the service.")
    if active := sorted(name for name in names if alarms[name] == "ALARM"):
        told = f"an alarm that its deployments heed is in ALARM already: {', '.join(active)}"
        return candidate.refuse("AlarmActive", told, _MEND, again_in=candidate.watch)
    return None


def _unended(service: Service) -> str:
    if service.primary is None:
        return "ECS shows no PRIMARY deployment of it"
    number = len(service.deployments)
    several = f"{number} deployments of the service have"
    return f"{several if number > 1 else 'its deployment has'} not ended"
