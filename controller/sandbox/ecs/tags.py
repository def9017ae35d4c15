"""Tags of clusters, services and task definitions."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, invalid

MOST = 50  # [fact 4.7]
_RESERVED = "aws:"


def checked(tags: list[Json] | None) -> list[Json]:
    """Tags as they may be given: no ``aws:`` keys [fact 4.2], at most 50; wording UNVERIFIED."""
    given = list(tags or [])
    if len(given) > MOST:
        raise invalid(f"tags can have at most {MOST} items.")
    for tag in given:
        if tag["key"].lower().startswith(_RESERVED):
            raise invalid("Tag keys beginning with 'aws:' are reserved for AWS use.")
    if len({tag["key"] for tag in given}) < len(given):
        raise invalid("Duplicate tag keys are not allowed.")
    return given


def tag_resource(call: Call) -> Json:
    """New keys are added, known ones change their value."""
    arn = call.need("resourceArn")
    _known(call.region, arn)
    given = {tag["key"]: tag for tag in checked(call.need("tags"))}
    kept = [tag for tag in call.region.tags.get(arn, []) if tag["key"] not in given]
    if len(kept) + len(given) > MOST:
        raise invalid(f"tags can have at most {MOST} items.")
    call.region.tags[arn] = [*kept, *given.values()]
    return {}


def untag_resource(call: Call) -> Json:
    """Unknown keys are no error."""
    arn, gone = call.need("resourceArn"), set(call.need("tagKeys"))
    _known(call.region, arn)
    call.region.tags[arn] = [tag for tag in call.region.tags.get(arn, []) if tag["key"] not in gone]
    return {}


def list_tags_for_resource(call: Call) -> Json:
    """Every tag, those of ``aws:`` too."""
    arn = call.need("resourceArn")
    _known(call.region, arn)
    return {"tags": list(call.region.tags.get(arn, []))}


def _known(region: Region, arn: str) -> None:
    if arn not in region.tags:
        raise invalid("The specified resource was not found.")  # wording UNVERIFIED
