"""The text of a plan file to the plan, or to everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from controller.core.plan_file.model import LOG_GROUP, SCHEMA_VERSION, SERVICE, Entry, PlanFile
from controller.core.policy.located import problems
from controller.core.policy.problem import Fault, Problem, Reason, Source
from controller.core.policy.yaml.json import read
from controller.core.policy.yaml.node import (
    Defect,
    MappingNode,
    Mark,
    Node,
    SequenceNode,
    plain,
)

LARGEST: Final = 64 * 1024 * 1024  # a few kilobytes for each of many thousand targets
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PLAN: Final = ("schemaVersion", "createdAt", "policyDigest", "targets")
_ENTRY: Final = ("arn", "kind", "taskDefinitionArn", "fingerprint", "patchDigest", "patch")
_OPERATIONS: Final = frozenset({"add", "replace", "remove"})
_AGAIN: Final = "make a new plan: ecs-logging plan --out"


def parse(source: Source) -> PlanFile | tuple[Problem, ...]:
    """Return the plan that a text states, or all problems of the text; it raises nothing.

    A patch that does not have the digest that stands beside it was edited by hand.
    """
    reading = read(source.text, largest=LARGEST)
    if reading.defects:
        return problems(source, reading.defects)
    (document,) = reading.documents
    if defects := [*_in_plan(document)]:
        return problems(source, defects)
    return _plan(plain(document))


def _plan(written: Any) -> PlanFile:  # noqa: ANN401  # JSON whose shape was checked
    return PlanFile(
        created_at=datetime.fromisoformat(written["createdAt"]),
        policy_digest=written["policyDigest"],
        entries=tuple(_entry(one) for one in written["targets"]),
    )


def _entry(written: Any) -> Entry:  # noqa: ANN401  # JSON whose shape was checked
    return Entry(
        arn=written["arn"],
        kind=written["kind"],
        task_definition=written["taskDefinitionArn"],
        fingerprint=written["fingerprint"],
        patch=tuple(written["patch"]),
    )


def _in_plan(node: Node) -> Iterator[Defect]:
    if not isinstance(node, MappingNode):
        yield _wrong(node.mark, "a plan is an object", _AGAIN)
        return
    yield from _keys(node, _PLAN)
    found = {key: entry.node for key, entry in node.entries.items()}
    version, created = found.get("schemaVersion"), found.get("createdAt")
    if version is not None and plain(version) != SCHEMA_VERSION:
        yield _wrong(version.mark, f"this version reads schemaVersion {SCHEMA_VERSION}", _AGAIN)
    if created is not None and _time(plain(created)) is None:
        yield _wrong(created.mark, "this is no time with its offset", "such as …T12:00:00+00:00")
    yield from _digests(found, ("policyDigest",))
    targets = found.get("targets")
    if isinstance(targets, SequenceNode):
        for item in targets.items:
            yield from _in_entry(item)
    elif targets is not None:
        yield _wrong(targets.mark, "a list of targets is wanted here")


def _in_entry(node: Node) -> Iterator[Defect]:
    if not isinstance(node, MappingNode):
        yield _wrong(node.mark, "a target is an object")
        return
    yield from _keys(node, _ENTRY)
    found = {key: entry.node for key, entry in node.entries.items()}
    wrong = [*_names(found), *_digests(found, ("fingerprint", "patchDigest")), *_in_patch(found)]
    yield from wrong
    if not wrong and found.keys() == {*_ENTRY} and not _digest_fits(plain(node)):
        message = "the patch does not have this digest: the file was edited"
        yield _wrong(found["patchDigest"].mark, message, _AGAIN)


def _names(found: dict[str, Node]) -> Iterator[Defect]:
    for key, wanted in (("arn", str), ("taskDefinitionArn", str | None)):
        if key in found and not isinstance(plain(found[key]), wanted):
            yield _wrong(found[key].mark, "a text is wanted here")
    kind = found.get("kind")
    if kind is not None and plain(kind) not in (SERVICE, LOG_GROUP):
        yield _wrong(kind.mark, f"a kind is {SERVICE} or {LOG_GROUP}")


def _in_patch(found: dict[str, Node]) -> Iterator[Defect]:
    node = found.get("patch")
    if node is None:
        return
    if not isinstance(node, SequenceNode) or not node.items:
        yield _wrong(node.mark, "a list of operations is wanted here")
        return
    for item in node.items:
        match plain(item):
            case {"op": str(verb), "path": str()} if verb in _OPERATIONS:
                pass
            case _:
                message = "an operation is an object with `op` and `path`"
                yield _wrong(item.mark, message, f"op is one of {', '.join(sorted(_OPERATIONS))}")


def _keys(node: MappingNode, wanted: tuple[str, ...]) -> Iterator[Defect]:
    for key in wanted:
        if key not in node.entries:
            fault = Fault(Reason.MISSING_KEY, f"the key `{key}` is missing", _AGAIN)
            yield Defect(node.mark, fault)
    for key, entry in node.entries.items():
        if key not in wanted:
            fault = Fault(Reason.UNKNOWN_KEY, "a plan file has no such key", _AGAIN)
            yield Defect(entry.mark, fault)


def _digests(found: dict[str, Node], keys: tuple[str, ...]) -> Iterator[Defect]:
    for key in keys:
        if key in found and not _DIGEST.fullmatch(str(plain(found[key]))):
            yield _wrong(found[key].mark, "a digest has 64 hexadecimal digits", _AGAIN)


def _digest_fits(written: Any) -> bool:  # noqa: ANN401  # JSON whose shape was checked
    return bool(_entry(written).patch_digest == written["patchDigest"])


def _time(written: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment


def _wrong(mark: Mark, message: str, hint: str | None = None) -> Defect:
    return Defect(mark, Fault(Reason.INVALID_VALUE, message, hint))
