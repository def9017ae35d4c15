"""What ECS fills in when it registers a document, so that no reader may take it for drift.

[facts 3.5, 4.5: terraform-provider-aws task_definition_equivalency.go, hako#93; recorded answers of
DescribeTaskDefinition.] Whatever else was sent stays as it was sent, known to ECS or not.
"""

from __future__ import annotations

from controller.sandbox.wire import Json

_CONTAINER: tuple[tuple[str, object], ...] = (
    ("cpu", 0),
    ("portMappings", ()),
    ("essential", True),
    ("environment", ()),
    ("mountPoints", ()),
    ("volumesFrom", ()),
    ("systemControls", ()),
)
ROOT = "0"  # what `user` of a FireLens container is described as [fact 3.5]


def with_defaults(document: Json) -> Json:
    """The document as ECS describes it, output-only members aside; works on what it is given."""
    awsvpc = document.get("networkMode") == "awsvpc"
    for container in document["containerDefinitions"]:
        _fill_container(container, awsvpc=awsvpc)
    document.setdefault("volumes", [])
    document.setdefault("placementConstraints", [])
    return document


def _fill_container(container: Json, *, awsvpc: bool) -> None:
    for member, default in _CONTAINER:
        container.setdefault(member, [] if default == () else default)
    for mapping in container["portMappings"]:
        _fill_port(mapping, awsvpc=awsvpc)
    if "firelensConfiguration" in container:
        container.setdefault("user", ROOT)


def _fill_port(mapping: Json, *, awsvpc: bool) -> None:
    """The host port is the container's in awsvpc, 0 (any) elsewhere; ranges have none."""
    mapping.setdefault("protocol", "tcp")
    if "containerPort" in mapping:
        mapping.setdefault("hostPort", mapping["containerPort"] if awsvpc else 0)
