"""JSON text to the same nodes, exactly as JSON means it, without trusting it.

JSON is nearly YAML, and nearly is not enough: tabs, long numbers and surrogate pairs mean
something else there.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.yaml.build import MAX_DEPTH, Stop
from controller.core.policy.yaml.node import (
    Defect,
    Entry,
    MappingNode,
    Mark,
    Node,
    ScalarNode,
    SequenceNode,
)
from controller.core.policy.yaml.read import MAX_BYTES, Reading

_SPACE = re.compile(r"[ \t\n\r]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"[A-Za-z_]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9.])")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HINTS = {
    "'": "JSON puts texts in double quotes",
    "/": "JSON knows no comments",
    "#": "JSON knows no comments",
}


def read(text: str, *, largest: int = MAX_BYTES) -> Reading:
    """Return the one document of a JSON text of at most *largest* bytes; it raises nothing.

    A key that is given twice is a defect and spoils nothing else; the reading ends at what is no
    JSON.
    """
    if len(text.encode("utf-8", "surrogatepass")) > largest:
        fault = Fault(Reason.TOO_LARGE, f"the file is larger than {largest // 2**20} MiB")
        return Reading((), (Defect(Mark(1, 1), fault),))
    scanner = _Scanner(text)
    try:
        return Reading((scanner.document(),), tuple(scanner.defects))
    except Stop as stop:
        return Reading((), (*scanner.defects, stop.defect))


@dataclass(slots=True)
class _Scanner:
    """Walks the text once; `at` is how far it came."""

    text: str
    at: int = 0
    defects: list[Defect] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _strings: json.JSONDecoder = field(default_factory=json.JSONDecoder)

    def __post_init__(self) -> None:
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def document(self) -> Node:
        if self._next() == "":
            raise self._stop("the file is empty", "write a JSON object")
        node = self._value(1)
        if self._next() != "":
            raise self._stop("this follows the end of the document", "is a bracket one too many?")
        return node

    def _value(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            message = f"values are nested deeper than {MAX_DEPTH}"
            raise Stop(Defect(self._mark(), Fault(Reason.TOO_LARGE, message)))
        match self._next():
            case "{":
                return self._object(depth)
            case "[":
                return self._array(depth)
            case '"':
                return self._string()
            case _:
                return self._word()

    def _object(self, depth: int) -> Node:
        mark, entries = self._mark(), dict[str, Entry]()
        more = self._opens("}")
        while more:
            if self._next() != '"':
                raise self._wanted("a key in double quotes")
            key = self._string()
            if self._next() != ":":
                raise self._wanted("a colon")
            self.at += 1
            self._enter(entries, key, self._value(depth + 1))
            more = self._goes_on("}")
        return MappingNode(mark, entries, is_flow=True)

    def _array(self, depth: int) -> Node:
        mark, items = self._mark(), list[Node]()
        more = self._opens("]")
        while more:
            items.append(self._value(depth + 1))
            more = self._goes_on("]")
        return SequenceNode(mark, tuple(items))

    def _opens(self, end: str) -> bool:
        """Step over the opening bracket; tell whether anything stands before its end."""
        self.at += 1
        if self._next() == end:
            self.at += 1
            return False
        return True

    def _goes_on(self, end: str) -> bool:
        found = self._next()
        if found not in (",", end) or not found:
            raise self._wanted(f"a comma or `{end}`")
        self.at += 1
        return found == ","

    def _enter(self, entries: dict[str, Entry], key: ScalarNode, value: Node) -> None:
        first = entries.setdefault(key.text, Entry(key.mark, value))
        if first.mark != key.mark:
            place = f"line {first.mark.line}, column {first.mark.column}"
            fault = Fault(Reason.DUPLICATE_KEY, f"this key is already given at {place}", "keep one")
            self.defects.append(Defect(key.mark, fault))

    def _string(self) -> ScalarNode:
        mark = self._mark()
        try:
            value: str
            value, self.at = self._strings.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            message = "this text in quotes has no end, or holds what must be escaped"
            self.at = error.pos
            raise self._stop(message, 'a line end is \\n, a quote \\", a backslash \\\\') from error
        if _SURROGATE.search(value):
            fault = Fault(Reason.SYNTAX, "this text holds half of a character, a lone surrogate")
            self.defects.append(Defect(mark, fault))
        return ScalarNode(mark, value, value)

    def _word(self) -> Node:
        mark = self._mark()
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            is_whole = number[1] is None and number[2] is None
            return ScalarNode(mark, number[0], int(number[0]) if is_whole else float(number[0]))
        word = _WORD.match(self.text, self.at)
        if word is None or word[0] not in _CONSTANTS:
            raise self._wanted("a value")
        self.at = word.end()
        return ScalarNode(mark, word[0], _CONSTANTS[word[0]])

    def _next(self) -> str:
        space = _SPACE.match(self.text, self.at)
        self.at = self.at if space is None else space.end()
        return self.text[self.at : self.at + 1]

    def _mark(self) -> Mark:
        line = bisect_right(self._lines, self.at)
        return Mark(line, self.at - self._lines[line - 1] + 1)

    def _wanted(self, what: str) -> Stop:
        found = self.text[self.at : self.at + 1]
        if not found:
            return self._stop(f"the text ends here, where {what} is wanted", "is it cut off?")
        after_comma = found in "}]" and self.text[: self.at].rstrip().endswith(",")
        hint = "remove the comma before it" if after_comma else _HINTS.get(found)
        return self._stop(f"{what} is wanted here", hint)

    def _stop(self, message: str, hint: str | None) -> Stop:
        return Stop(Defect(self._mark(), Fault(Reason.SYNTAX, message, hint)))
