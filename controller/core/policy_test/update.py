"""A test with its expectations set to what came out, and the rest of its text kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import AliasEvent

from controller.core.document.json import Json, is_list
from controller.core.policy.problem import Fault, Reason
from controller.core.policy_test.actual import shown
from controller.core.policy_test.model import ExpectedFinding
from controller.core.policy_test.run import Tested

_WIDE = 4096  # no line of the author's is folded
_INDENTED = re.compile(r"^( *)cases:[^\n]*\n(?: *#[^\n]*\n|\n)*\1  - ", re.MULTILINE)


def updated(text: str, tested: Iterable[tuple[int, int, Tested]], *, is_json: bool) -> str | Fault:
    """Return the text of a file of tests with the members set that came out otherwise.

    *tested* are cases that could be judged, each with the number of its document and of its place
    there, both counted from 0. Comments, order and quotes stay as they are; blanks within braces
    and line ends may not. A text in which one value stands for several cannot be updated.
    """
    if is_json:
        return _updated_json(text, tested)
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = _WIDE, True
    if any(isinstance(event, AliasEvent) for event in YAML().parse(text)):
        hint = "write out what the alias repeats, or update the file by hand"
        return Fault(Reason.INVALID_VALUE, "it cannot be updated, as it holds an alias", hint)
    if _INDENTED.search(text):
        yaml.indent(mapping=2, sequence=4, offset=2)
    documents = [*yaml.load_all(text)]
    if None in documents:
        hint = "remove the document, or update the file by hand"
        return Fault(Reason.INVALID_VALUE, "it cannot be updated, as it holds an empty one", hint)
    _set(documents, tested)
    written = StringIO()
    yaml.dump_all(documents, written)
    return written.getvalue()


def _updated_json(text: str, tested: Iterable[tuple[int, int, Tested]]) -> str | Fault:
    try:
        documents = [json.loads(text)]
    except json.JSONDecodeError as error:
        message = f"it cannot be updated, as it is no strict JSON: {error}"
        return Fault(Reason.SYNTAX, message, "mend it, or call the file *.test.yaml")
    _set(documents, tested)
    return json.dumps(documents[0], indent=2, ensure_ascii=False) + "\n"


def _set(documents: list[Any], tested: Iterable[tuple[int, int, Tested]]) -> None:
    for document, case, one in tested:
        expect = documents[document]["spec"]["cases"][case]["expect"]
        for mismatch in one.mismatches:
            if mismatch.member == "findings":
                expect["findings"] = _findings(one, expect["findings"])
            else:
                expect[mismatch.member] = _plain(mismatch.actual)


def _findings(tested: Tested, stated: Iterable[Mapping[str, Any]]) -> list[dict[str, Json]]:
    """Return the findings in the members that the author has stated so far."""
    members = {member for one in stated for member in one} or {"rule", "container", "blocked"}
    found = () if tested.actual is None else tested.actual.findings
    known = {str(field.alias) for field in ExpectedFinding.model_fields.values()}
    return [
        {key: value for key, value in shown(one).items() if key in members & known} for one in found
    ]


def _plain(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if is_list(value) else value
