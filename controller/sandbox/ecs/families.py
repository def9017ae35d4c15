"""Lists of task definitions and of their families."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.paging import page
from controller.sandbox.wire import Json


def list_task_definitions(call: Call) -> Json:
    """``familyPrefix`` is the whole family name, ``sort`` goes by family and revision.

    [ListTaskDefinitions, API reference; simulated-aws 3.2: moto ignores sort and paging.]
    """
    family, status = call.get("familyPrefix"), call.get("status", "ACTIVE")
    arns = [
        revision.arn
        for name, revisions in sorted(call.region.families.items())
        if family in {None, name}
        for revision in revisions
        if revision.status == status
    ]
    if call.get("sort") == "DESC":
        arns.reverse()
    return page(call, arns, member="taskDefinitionArns")


def list_task_definition_families(call: Call) -> Json:
    """A family is ACTIVE while one revision is. Here the prefix really is one.

    [ListTaskDefinitionFamilies, API reference; moto ignores the status.]
    """
    prefix, status = call.get("familyPrefix") or "", call.get("status", "ACTIVE")
    families = []
    for name, revisions in sorted(call.region.families.items()):
        active = any(revision.status == "ACTIVE" for revision in revisions)
        if name.startswith(prefix) and status in {"ALL", "ACTIVE" if active else "INACTIVE"}:
            families.append(name)
    return page(call, families, member="families")
