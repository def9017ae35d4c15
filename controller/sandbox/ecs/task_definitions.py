"""Task definitions: the raw body is what is kept, and what is described.

moto parses the body into a model and so loses what that model does not know (and
``enableFaultInjection``, ``registeredAt``, ``registeredBy``, ``requiresAttributes``, tags on
Register). Here the JSON of RegisterTaskDefinition is stored as sent, plus what ECS adds.
"""

from __future__ import annotations

import copy
from typing import Any

from controller.sandbox.call import Call
from controller.sandbox.ecs.capabilities import compatibilities, requires_attributes
from controller.sandbox.ecs.defaults import with_defaults
from controller.sandbox.ecs.find import find_task_definition
from controller.sandbox.ecs.registration import refuse_bad_document
from controller.sandbox.ecs.tags import checked
from controller.sandbox.state import Region, TaskDefinition
from controller.sandbox.wire import Json, Refusal, client_error, invalid

DELETED_AT_ONCE = 10  # [fact 4.21]


def register_task_definition(call: Call) -> Json:
    """A new revision, whatever its content: there is no client token [fact 4.4]."""
    tags = checked(call.get("tags"))
    sent = {member: value for member, value in call.body.items() if member != "tags"}
    refuse_bad_document(sent)
    family = sent["family"]
    revisions = call.region.families.setdefault(family, [])
    number = revisions[-1].document["revision"] + 1 if revisions else 1
    arn = call.region.arn(f"task-definition/{family}:{number}")
    document = with_defaults(_without(copy.deepcopy(sent), call.behaviour.drops))
    document |= {
        "taskDefinitionArn": arn,
        "revision": number,
        "status": "ACTIVE",
        "requiresAttributes": [{"name": name} for name in requires_attributes(document)],
        "compatibilities": compatibilities(document),
        "registeredAt": call.now,
        "registeredBy": call.caller,
    }
    revisions.append(TaskDefinition(document, arn))
    call.region.tags[arn] = tags
    return {"taskDefinition": document, "tags": tags}


def describe_task_definition(call: Call) -> Json:
    """Tags stand beside the document, and only with ``include: [TAGS]`` [fact 4.2]."""
    revision = find_task_definition(call.region, call.need("taskDefinition"))
    if (
        revision.status == "INACTIVE"
        and call.behaviour.inactive_unreadable
        and not _is_referred_to(call.region, revision.arn)
    ):
        raise client_error("Unable to describe task definition.")
    answer: Json = {"taskDefinition": revision.document}
    if "TAGS" in call.get("include", []):
        answer["tags"] = call.region.tags[revision.arn]
    return answer


def deregister_task_definition(call: Call) -> Json:
    """INACTIVE from now on; services that use it go on [fact 4.21]. By family alone is refused."""
    named = call.need("taskDefinition")
    if ":" not in named.rsplit("/", 1)[-1]:
        raise client_error("Invalid revision number. Number: null")  # wording UNVERIFIED
    revision = find_task_definition(call.region, named)
    if revision.status == "ACTIVE":
        _set_status(revision, "INACTIVE")
        revision.document["deregisteredAt"] = call.now
    return {"taskDefinition": revision.document}


def delete_task_definitions(call: Call) -> Json:
    """INACTIVE revisions become DELETE_IN_PROGRESS; ACTIVE ones are failures [fact 4.21]."""
    named = call.need("taskDefinitions")
    if not 1 <= len(named) <= DELETED_AT_ONCE:
        raise invalid(f"taskDefinitions can have at most {DELETED_AT_ONCE} items.")
    deleted, failures = [], []
    for name in named:
        try:
            revision = find_task_definition(call.region, name)
        except Refusal as refusal:
            failures.append({"arn": name, "reason": refusal.message})
            continue
        if revision.status == "ACTIVE":
            reason = "The specified task definition is still in ACTIVE status."
            failures.append({"arn": revision.arn, "reason": reason})
        else:
            _set_status(revision, "DELETE_IN_PROGRESS")
            revision.document["deleteRequestedAt"] = call.now
            deleted.append(revision.document)
    return {"taskDefinitions": deleted, "failures": failures}


def _set_status(revision: TaskDefinition, status: str) -> None:
    revision.status = revision.document["status"] = status


def _is_referred_to(region: Region, arn: str) -> bool:
    return any(
        arn in {service.task_definition, *(d.revision.task_definition for d in service.deployments)}
        for service in region.services.values()
        if service.status != "INACTIVE"
    )


def _without(value: Any, names: set[str]) -> Any:  # noqa: ANN401 - any JSON value
    """The value without members of these names, however deep."""
    if isinstance(value, dict):
        return {
            name: _without(member, names) for name, member in value.items() if name not in names
        }
    if isinstance(value, list):
        return [_without(item, names) for item in value]
    return value
