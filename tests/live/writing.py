"""What a few harmless writes can prove: revisions that nothing runs, a log group, a tag.

None of it starts a task or touches a service. Each is taken away at the end.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from controller.core.service.registration import content_digest
from controller.core.service.revision import principal
from tests.live.item import Item, Live, Verdict, proven, refuted


def _document(live: Live) -> dict[str, Any]:
    """Return a body of RegisterTaskDefinition, with what ECS is known to fill in left out."""
    options = {
        "awslogs-group": f"/{live.name}",
        "awslogs-region": live.ecs.meta.region_name,
        "awslogs-stream-prefix": "live",
        "mode": "non-blocking",
        "max-buffer-size": "25m",
    }
    container = {
        "name": "app",
        "image": "public.ecr.aws/docker/library/busybox:stable",
        "memory": 64,
        "command": ["true"],
        "environment": [{"name": "EMPTY", "value": ""}, {"name": "B", "value": "1"}],
        "portMappings": [{"containerPort": 8080}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    return {"family": live.name, "networkMode": "bridge", "containerDefinitions": [container]}


def _registers(live: Live) -> str:
    """Register a revision, to be deregistered at the end; return its ARN."""
    answer = live.ecs.register_task_definition(**_document(live), tags=[live.tag])
    arn: str = answer["taskDefinition"]["taskDefinitionArn"]
    live.undo.callback(_takes_away, live, arn)
    return arn


def _takes_away(live: Live, arn: str) -> None:
    """Deregister a revision, unless that was a part of the proof, and delete it."""
    with suppress(live.ecs.exceptions.ClientException):
        live.ecs.deregister_task_definition(taskDefinition=arn)
    live.ecs.delete_task_definitions(taskDefinitions=[arn])


def _described(live: Live, name: str) -> dict[str, Any]:
    asked = {"taskDefinition": name, "include": ["TAGS"]}
    answer: dict[str, Any] = live.ecs.describe_task_definition(**asked)
    return answer


def _registered_by(live: Live) -> Verdict:
    by = _described(live, _registers(live))["taskDefinition"].get("registeredBy", "nobody")
    caller = live.sts.get_caller_identity()["Arn"]
    told = f"registeredBy is {by}, and STS calls it {caller}"
    return proven() if principal(by) == principal(caller) else refuted(told)


def _round_trip(live: Live) -> Verdict:
    back = _described(live, _registers(live))["taskDefinition"]
    if content_digest(back) == content_digest(_document(live)):
        return proven()
    new = sorted(set(back) - set(_document(live)))
    return refuted(f"it came back otherwise; members that were not sent: {', '.join(new)}")


def _marks(live: Live) -> Verdict:
    arn = _registers(live)
    value = "DeploymentFailed 2027-01-01T00:00:00Z"
    tag = {"key": "ecs-logging/failed-0123456789ab", "value": value}
    live.ecs.tag_resource(resourceArn=arn, tags=[tag])
    tags = _described(live, arn)["tags"]
    return proven() if tag in tags else refuted(f"its tags are {tags}")


def _follows(live: Live) -> Verdict:
    older, newer = _registers(live), _registers(live)
    after = _described(live, live.name)["taskDefinition"]["taskDefinitionArn"]
    live.ecs.deregister_task_definition(taskDefinition=newer)
    then = _described(live, live.name)["taskDefinition"]["taskDefinitionArn"]
    if (after, then) == (newer, older):
        return proven()
    return refuted(f"with {older} and {newer} it meant {after}; without the newer one {then}")


def _inactive(live: Live) -> Verdict:
    arn = _registers(live)
    live.ecs.deregister_task_definition(taskDefinition=arn)
    try:
        status = _described(live, arn)["taskDefinition"]["status"]
    except live.ecs.exceptions.ClientException as error:
        return proven(str(error))
    return refuted(f"it is described, as {status}; that may end after a while")


def _cluster_tag(live: Live) -> Verdict:
    (cluster,) = live.ecs.describe_clusters(clusters=[live.cluster])["clusters"]
    arn = cluster["clusterArn"]
    tag = {**live.tag, "value": "2027-01-01T00:00:00.000Z by user/a.b@c"}
    live.undo.callback(live.ecs.untag_resource, resourceArn=arn, tagKeys=[tag["key"]])
    live.ecs.tag_resource(resourceArn=arn, tags=[tag])
    asked = {"clusters": [live.cluster], "include": ["TAGS"]}
    tags = live.ecs.describe_clusters(**asked)["clusters"][0]["tags"]
    return proven() if tag in tags else refuted(f"its tags are {tags}")


def _log_group(live: Live) -> Verdict:
    name = f"/{live.name}"
    live.logs.create_log_group(logGroupName=name, tags={live.tag["key"]: live.run})
    live.undo.callback(live.logs.delete_log_group, logGroupName=name)
    live.logs.put_retention_policy(logGroupName=name, retentionInDays=1)
    found = live.logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    days = [one.get("retentionInDays") for one in found]
    plain = [one["logGroupArn"] for one in found if not one["logGroupArn"].endswith(":*")]
    tags = live.logs.list_tags_for_resource(resourceArn=plain[0])["tags"] if plain else {}
    if days == [1] and tags.get(live.tag["key"]) == live.run:
        return proven()
    return refuted(f"its retention is {days}, and its tags are {tags}")


_REVISION = "a revision of a family of its own"

WRITING = (
    Item(
        "registered-by",
        "`registeredBy` of a revision is the principal that STS tells, session aside; also of a "
        "role with a path.",
        "No revision is ever taken for ours: nothing of ours is watched, returned or cleaned up. "
        "Do not enforce where this is refuted.",
        "aws ecs describe-task-definition --task-definition $REVISION "
        "--query taskDefinition.registeredBy; aws sts get-caller-identity",
        _registered_by,
        _REVISION,
    ),
    Item(
        "round-trip",
        "A revision is described as it was registered, save defaults that are empty, false, or "
        "known.",
        "It is deregistered, never rolled, and nothing more is registered in the account and "
        "Region: UnknownMember.",
        "aws ecs register-task-definition, then describe-task-definition, and compare",
        _round_trip,
        _REVISION,
    ),
    Item(
        "marks",
        "A revision takes a tag whose key has a slash, and shows it at once.",
        "A failure that cannot be marked is read from the history of deployments alone; the "
        "service is returned all the same.",
        "aws ecs tag-resource --resource-arn $REVISION "
        "--tags key=ecs-logging/failed-0123456789ab,value=test",
        _marks,
        _REVISION,
    ),
    Item(
        "family-follows",
        "A bare family name means its newest ACTIVE revision: the new one from the moment of its "
        "registration, and the one before again once that is deregistered.",
        "A deploy by a bare name may bring a revision that failed. It would be seen as somebody "
        "else's release.",
        "aws ecs describe-task-definition --task-definition $FAMILY, before and after",
        _follows,
        "two revisions of a family of its own",
    ),
    Item(
        "inactive-is-gone",
        "A deregistered revision to which nothing refers is no longer described.",
        "Nothing is lost. While it is so, a service on which such a revision failed is held until "
        "a person says yes, since it may have brought this very patch.",
        "aws ecs deregister-task-definition --task-definition $REVISION; "
        "aws ecs describe-task-definition --task-definition $REVISION",
        _inactive,
        _REVISION,
    ),
    Item(
        "cluster-tag",
        "A cluster takes the tags by which people speak, and shows them at once.",
        "The verb says that AWS refused. What is not shown is not heeded.",
        "aws ecs tag-resource --resource-arn $CLUSTER_ARN "
        "--tags 'key=ecs-logging-live-check,value=2027-01-01T00:00:00.000Z by user/a.b@c'",
        _cluster_tag,
        "a tag on the cluster",
    ),
    Item(
        "log-group",
        "A log group can be made with tags, and shows them and its retention at once.",
        "The group is looked at again; a retention that does not show is set again at each look.",
        "aws logs create-log-group --log-group-name $GROUP --tags a=b; "
        "aws logs describe-log-groups --log-group-name-prefix $GROUP",
        _log_group,
        "a log group",
    ),
)
