"""An inventory to the text of its file: redacted, whatever was in it, and in a stable order.

Values are written by their types: a dataclass as an object of its members in camelCase, a ref as
its ARN. A revision is written once, beside the answers, which name it by its ARN: many services
may share it, and its family and history show it, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Final

from controller.core.document.digest import MASK
from controller.core.document.unresolved import Withheld
from controller.core.inventory_file.model import API_VERSION, KIND, InventoryFile, Known
from controller.core.inventory_file.redact import redacted
from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.core.service.revision import Revision

_WORD: Final = re.compile(r"_([a-z0-9])")


def text_of(inventory: InventoryFile) -> str:
    """Return the text of an inventory file. The same inventory always has the same text."""
    writer = _Writer()
    answers: dict[str, dict[str, dict[str, object]]] = {}
    for key in sorted(inventory.answers):
        answer = inventory.answers[key]
        named = answers.setdefault(key.region, {}).setdefault(key.question, {})
        if isinstance(answer, Known):
            named[key.of] = {"answer": writer.write(answer.answer)}
        else:
            named[key.of] = {"failure": writer.write(answer)}
    written = {
        "apiVersion": API_VERSION,
        "kind": KIND,
        "takenAt": inventory.taken_at.isoformat(),
        "instance": inventory.identity.instance,
        "principals": sorted(inventory.identity.principals),
        "regions": list(inventory.regions),
        "clusters": list(inventory.clusters),
        "revisions": writer.table(),
        "answers": answers,
    }
    return json.dumps(written, indent=1) + "\n"


def member(name: str) -> str:
    """Return how a member of a dataclass is called in the file: `taken_at` is `takenAt`."""
    return _WORD.sub(lambda found: found[1].upper(), name)


@dataclass(slots=True)
class _Writer:
    """Writes values, and keeps the revisions that it has met."""

    revisions: dict[str, Revision] = field(default_factory=dict)

    def write(self, value: object) -> object:
        match value:
            case None | str() | bool() | int() | float():
                return value
            case Revision():
                self.revisions.setdefault(value.arn, value)
                return value.arn
            case Mapping():
                return {str(self.write(key)): self.write(child) for key, child in value.items()}
            case AbstractSet():
                return sorted((self.write(child) for child in value), key=json.dumps)
            case Sequence():
                return [self.write(child) for child in value]
            case _:
                return self._single(value)

    def _single(self, value: object) -> object:
        match value:
            case Withheld():
                return dict(MASK)
            case datetime():
                return value.isoformat()
            case ServiceRef() | LogGroupRef() | ClusterRef():
                return value.arn
            case _ if is_dataclass(value):
                return self._members(value)
            case _:
                msg = f"nobody has said how a {type(value).__name__} is written"
                raise TypeError(msg)

    def table(self) -> dict[str, object]:
        """Return the revisions that were met, by ARN."""
        return {arn: self._members(one) for arn, one in sorted(self.revisions.items())}

    def _members(self, value: object) -> dict[str, object]:
        shown = redacted(value)
        if not is_dataclass(shown):
            return {}
        return {member(one.name): self.write(getattr(shown, one.name)) for one in fields(shown)}
