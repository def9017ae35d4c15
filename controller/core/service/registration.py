"""From a described revision to the body of RegisterTaskDefinition, and the identity of its content.

Members that only an answer has are dropped, and nothing else: what AWS may add to a request
tomorrow goes through untouched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from controller.core.document.digest import digest, plain
from controller.core.document.edit import Edit, Remove
from controller.core.document.json import Document, Json, items, members, same

# [fact 4.1] `tags` stands beside a described document and is sent on its own [fact 4.2].
OUTPUT_ONLY: Final = frozenset(
    {
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "registeredBy",
        "deregisteredAt",
        "deleteRequestedAt",
    }
)
OURS: Final = "ecs-logging/"
AWS: Final = "aws:"
# What a digest means: another scheme's digest is neither believed nor taken for a damaged one.
SCHEME: Final = "v1-"
MAX_BYTES: Final = 64 * 1024  # [fact 4.7]
MAX_TAGS: Final = 50  # [fact 4.7]
MAX_TAG_VALUE: Final = 256  # the API's model: TagValue

# [facts 3.5, 4.5] What ECS writes into an answer where a request says nothing.
_CONTAINER_DEFAULTS: Final[Document] = {
    "cpu": 0,
    "essential": True,
    "portMappings": [],
    "environment": [],
    "mountPoints": [],
    "volumesFrom": [],
    "systemControls": [],
}
_TOP_DEFAULTS: Final[Document] = {"volumes": [], "placementConstraints": []}


def registrable(document: Document) -> Document:
    """Return *document* without the members that only an answer has."""
    return {
        key: value for key, value in document.items() if key not in OUTPUT_ONLY and key != "tags"
    }


def carried_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that a new revision takes over: neither AWS's [fact 4.2] nor ours."""
    return {key: value for key, value in tags.items() if not key.startswith((AWS, OURS))}


def body_size(document: Document) -> int:
    """Return the bytes of the registered document, as ECS counts them against its 64 KiB.

    What was withheld counts as its mask: see `Revision.withheld`.
    """
    sent = json.dumps(plain(registrable(document), masked=True), ensure_ascii=False)
    return len(sent.encode(errors="surrogatepass"))


def content_digest(document: Document) -> str:
    """Return the digest of a document's content, tags aside: as sent and as read back alike."""
    return SCHEME + digest(without_defaults(registrable(document)))


def patch_digest(edits: Iterable[Edit]) -> str:
    """Return the digest of a logging patch: of what is put where, whatever it is put over."""
    puts: list[Json] = []
    for edit in edits:
        value = [] if isinstance(edit, Remove) else [edit.value]
        puts.append([type(edit).__name__, str(edit.path), value])
    return SCHEME + digest(puts)


def without_defaults(document: Document) -> Document:
    """Return *document* without what ECS itself fills in, so that sent and described compare."""
    bare = _without(document, _TOP_DEFAULTS)
    awsvpc = document.get("networkMode") == "awsvpc"
    bare["containerDefinitions"] = [
        _container(members(one), awsvpc=awsvpc)
        for one in items(document.get("containerDefinitions"))
    ]
    return bare


def _container(container: Document, *, awsvpc: bool) -> Document:
    bare = _without(container, _CONTAINER_DEFAULTS)
    if "portMappings" in bare:
        bare["portMappings"] = [
            _port(members(one), awsvpc=awsvpc) for one in items(bare["portMappings"])
        ]
    if "firelensConfiguration" in bare:
        bare = _without(bare, {"user": "0"})
    return bare


def _port(mapping: Document, *, awsvpc: bool) -> Document:
    bare = _without(mapping, {"protocol": "tcp", "hostPort": 0})
    if awsvpc and bare.get("hostPort") == bare.get("containerPort"):
        bare.pop("hostPort", None)
    return bare


def _without(document: Document, defaults: Document) -> dict[str, Json]:
    """Return *document* without the *defaults* and without what is empty or false.

    ECS writes such members into answers of its own accord, and new ones with the years. Only
    `essential` means something else when it is false than when it is absent.
    """
    return {
        key: value
        for key, value in document.items()
        if not (key in defaults and same(defaults[key], value))
        and (key == "essential" or not _is_empty(value))
    }


def _is_empty(value: Json) -> bool:
    return value is None or value is False or value in (0, "") or same(value, []) or same(value, {})
