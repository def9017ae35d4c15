"""What of a described object is saved: the members listed here, and no other value.

The list is what decisions look at. Of any other member the name stays, and in place of its value
stands `WITHHELD`; of log options the values stay that reports may show, too (`public.py`). What is
empty stays as it is: it hides nothing, and ECS fills it in and leaves it out as it likes.

Tags are saved whole: policies select by them, and owners speak through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, Literal, TypeAlias, TypeVar

from controller.core.document.json import Document, Json, is_list
from controller.core.document.unresolved import WITHHELD
from controller.core.log_group.observed import LogGroup
from controller.core.service.observed import Service
from controller.core.service.public import PUBLIC_OPTIONS
from controller.core.service.registration import body_size, content_digest
from controller.core.service.revision import DIGEST, Revision

Shape: TypeAlias = "Literal[True] | Mapping[str, Shape] | tuple[Shape] | None"
"""What is kept: a single value, members of an object, each member of a list; or nothing."""

T = TypeVar("T")

_CAPACITY: Final[Shape] = ({"capacityProvider": True, "base": True, "weight": True},)
_PLACEMENT: Final[Mapping[str, Shape]] = {  # which policies select by
    "launchType": True,
    "capacityProviderStrategy": _CAPACITY,
    "platformFamily": True,
}
_SERVICE: Final[Shape] = {
    **_PLACEMENT,
    "serviceArn": True,
    "serviceName": True,
    "clusterArn": True,
    "status": True,
    "createdAt": True,  # grace periods count from it
    "schedulingStrategy": True,
    "resourceManagementType": True,
    "taskDefinition": True,
    "taskSets": ({**_PLACEMENT, "status": True, "taskDefinition": True},),
    "deploymentController": {"type": True},
    "deploymentConfiguration": {  # what a roll of ours can watch, and how much it may stop
        "strategy": True,
        "bakeTimeInMinutes": True,
        "minimumHealthyPercent": True,
        "maximumPercent": True,
        "alarms": {"enable": True, "alarmNames": (True,)},
        "lifecycleHooks": (
            {
                "lifecycleStages": (True,),
                "timeoutConfiguration": {"timeoutInMinutes": True},
            },
        ),
        "linearConfiguration": {"stepPercent": True, "stepBakeTimeInMinutes": True},
        "canaryConfiguration": {"canaryBakeTimeInMinutes": True},
    },
}
_CONTAINER: Final[Shape] = {
    "name": True,
    "image": True,  # which policies select by
    "essential": True,
    "logConfiguration": {
        "logDriver": True,
        "options": dict.fromkeys(PUBLIC_OPTIONS, True),
        "secretOptions": ({"name": True},),  # accepted shapes ask for their names
    },
    "firelensConfiguration": {"type": True},
    "environment": ({"name": True},),
    "secrets": ({"name": True},),
    "dockerLabels": {},
}
_TASK_DEFINITION: Final[Shape] = {
    "taskDefinitionArn": True,
    "family": True,
    "revision": True,
    "status": True,
    "registeredAt": True,
    "registeredBy": True,  # ours are believed only if it is us
    "executionRoleArn": True,  # awslogs on Fargate needs one
    "networkMode": True,
    "requiresCompatibilities": (True,),
    "compatibilities": (True,),
    "runtimePlatform": {"operatingSystemFamily": True, "cpuArchitecture": True},
    "trustedExecutionConfiguration": {"isolationMode": True},
    "containerDefinitions": (_CONTAINER,),
}
_LOG_GROUP: Final[Shape] = {
    "logGroupName": True,
    "arn": True,
    "logGroupArn": True,
    "creationTime": True,
    "retentionInDays": True,
    "retentionPolicyName": True,
    "kmsKeyId": True,
    "logGroupClass": True,
    "deletionProtectionEnabled": True,
}


def redacted(value: T) -> T:
    """Return an object with its document redacted; of an object not known here, all of it is.

    Our own revisions stay recognisable: a digest that recomputes is made anew for what is left,
    and the size of what is withheld is counted.
    """
    match value:
        case Revision():
            return _revision(value)  # type: ignore[return-value]  # mypy does not narrow a TypeVar
        case Service():
            return replace(value, document=_members(value.document, _SERVICE))
        case LogGroup():
            return replace(value, document=_members(value.document, _LOG_GROUP))
        case _ if is_dataclass(value) and not isinstance(value, type):
            bare: T = _without_documents(value)
            return bare
        case _:
            return value


def redacted_task_definition(document: Document) -> Document:
    """Return a task definition with all withheld that is not saved of a revision."""
    return _members(document, _TASK_DEFINITION)


def _revision(revision: Revision) -> Revision:
    document = redacted_task_definition(revision.document)
    tags = dict(revision.tags)
    if tags.get(DIGEST) == content_digest(revision.document):
        tags[DIGEST] = content_digest(document)
    withheld = revision.withheld + body_size(revision.document) - body_size(document)
    return replace(revision, document=document, tags=tags, withheld=withheld)


def _without_documents(value: Any) -> Any:  # noqa: ANN401  # any dataclass
    """Return a dataclass with all that stands in its documents withheld."""
    named = [one.name for one in fields(value) if one.type in {"Document", "Json"}]
    return replace(value, **{name: kept(getattr(value, name), {}) for name in named})


def _members(document: Document, shape: Shape) -> Document:
    left = kept(document, shape)
    return left if isinstance(left, Mapping) else {}


def kept(value: Json, shape: Shape) -> Json:
    """Return what *shape* keeps of *value*; in place of all else stands `WITHHELD`."""
    if isinstance(value, Mapping) and isinstance(shape, Mapping):
        return {key: kept(child, shape.get(key)) for key, child in value.items()}
    if is_list(value) and isinstance(shape, tuple):
        return [kept(child, shape[0]) for child in value]
    is_single = isinstance(value, str | int | float)
    return value if _is_empty(value) or (shape is True and is_single) else WITHHELD


def _is_empty(value: Json) -> bool:
    if isinstance(value, str | Mapping) or is_list(value):
        return not value
    return value is None or value is False or (isinstance(value, int | float) and value == 0)
