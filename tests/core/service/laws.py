"""The three laws, as statements about one document and one policy."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from controller.core.document.json import Document, Json, members
from controller.core.policy.containers import Traits, is_excluded
from controller.core.policy.model import LoggingPolicy
from controller.core.service.registration import content_digest, registrable
from tests.core.service.ecs import described
from tests.core.service.given import judged


def is_idempotent(document: Document, by: LoggingPolicy, default_mode: Json) -> None:
    """Assert that the corrected document has no finding that an edit would mend."""
    corrected = judged(document, by, default_mode=default_mode).proposed
    again = judged(corrected, by, default_mode=default_mode)

    assert [one for one in again.judgement.findings if one.fixable] == []
    assert again.proposed == corrected


def is_conservative(document: Document, by: LoggingPolicy, default_mode: Json) -> None:
    """Assert that nothing but the log configuration of governed containers is touched."""
    before = copy.deepcopy(document)
    corrected = judged(document, by, default_mode=default_mode).proposed

    assert document == before
    assert _bytes(_unowned(corrected, by)) == _bytes(_unowned(document, by))


def is_stable(document: Document, by: LoggingPolicy, default_mode: Json) -> None:
    """Assert that what ECS fills in is no finding, and changes no digest."""
    sent = registrable(judged(document, by, default_mode=default_mode).proposed)
    shown = described(sent)

    assert content_digest(shown) == content_digest(sent)
    assert content_digest(registrable(shown)) == content_digest(sent)
    as_sent = judged(sent, by, default_mode=default_mode).judgement.findings
    assert judged(shown, by, default_mode=default_mode).judgement.findings == as_sent


def shuffled(value: Any, chance: random.Random) -> Any:
    """Return *value* with the members of its objects in another order."""
    if isinstance(value, Mapping):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shuffled(one, chance) for one in value]
    return value


def _unowned(document: Document, by: LoggingPolicy) -> Document:
    listed = document.get("containerDefinitions")
    assert isinstance(listed, Sequence)
    return {**document, "containerDefinitions": [_bare(members(one), by) for one in listed]}


def _bare(container: Document, by: LoggingPolicy) -> Document:
    essential = container.get("essential", True) is True
    traits = Traits(str(container.get("name")), str(container.get("image", "")), essential)
    if is_excluded(by, traits):
        return container
    return {key: value for key, value in container.items() if key != "logConfiguration"}


def _bytes(document: Document) -> str:
    return json.dumps(document)
