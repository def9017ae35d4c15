"""Tags of log groups, by the group's ARN without ``:*``."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.logs.find import backend_of, find_group
from controller.sandbox.wire import Json, invalid

MOST = 50


def list_tags_for_resource(call: Call) -> Json:
    """ResourceNotFoundException for a group that is not there; moto answers no tags."""
    group = find_group(call, call.need("resourceArn"))
    return {"tags": backend_of(call.region).list_tags_for_resource(group.arn)}


def tag_resource(call: Call) -> Json:
    """No ``aws:`` keys, at most 50 in all; wordings UNVERIFIED."""
    group = find_group(call, call.need("resourceArn"))
    backend, given = backend_of(call.region), call.need("tags")
    if any(key.lower().startswith("aws:") for key in given):
        raise invalid("Tag keys beginning with 'aws:' are reserved for AWS use.")
    if len({**backend.list_tags_for_resource(group.arn), **given}) > MOST:
        raise invalid(f"A log group can have at most {MOST} tags.")
    backend.tag_resource(group.arn, given)
    return {}


def untag_resource(call: Call) -> Json:
    """Unknown keys are no error."""
    group = find_group(call, call.need("resourceArn"))
    backend_of(call.region).untag_resource(group.arn, call.need("tagKeys"))
    return {}
