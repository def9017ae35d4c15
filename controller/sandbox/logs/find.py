"""A log group by name, ARN or identifier, in moto's own store."""

from __future__ import annotations

from moto.logs.models import LogGroup, LogsBackend, logs_backends

from controller.sandbox.call import Call
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, Refusal


def backend_of(region: Region) -> LogsBackend:
    """What moto holds for this account in this Region."""
    return logs_backends[region.account][region.name]


def name_in(identifier: str) -> str:
    """The name in an identifier, which is a name or an ARN, with or without ``:*`` [fact 6.8]."""
    if not identifier.startswith("arn:"):
        return identifier
    return identifier.split(":log-group:", 1)[-1].removesuffix(":*")


def find_group(call: Call, identifier: str) -> LogGroup:
    """Moto's group. Refuses with ResourceNotFoundException, in AWS's words."""
    group: LogGroup | None = backend_of(call.region).groups.get(name_in(identifier))
    if group is None:
        raise Refusal("ResourceNotFoundException", "The specified log group does not exist.")
    return group


def beside(region: Region, name: str) -> Json:
    """What moto forgets of a group; live, and where a test plants what no API call can."""
    return region.log_groups.setdefault(name, {})
