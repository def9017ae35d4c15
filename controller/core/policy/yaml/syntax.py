"""Syntax: the parser's complaints in words for people, at the place that a person must change."""

from __future__ import annotations

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
)

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.template import TAG, VAR, VARIABLES
from controller.core.policy.yaml.node import Defect, Mark

_AT_AN_END = re.compile(r"unexpected (?:end of stream|document separator)|<(?:stream|document) ")
_LINE_END = re.compile(r"\r\n|\r|\n")  # as ruamel.yaml counts lines
_UNQUOTED_TEMPLATE = re.compile(
    r"(?:[:,-]\s+|[\[{]\s*)"  # where a value begins,
    r"[^\s\"'#,\[\]{}]*"  # without a quote,
    rf"(\{{(?:{'|'.join(VARIABLES)}|(?:{TAG}|{VAR})[^{{}}|]+)"  # and a variable in it,
    r"(?:\|[^{}]*)?\})"  # with a default or not
)


def lines(text: str) -> list[str]:
    """Return the lines of a text, counted as the parser counts them."""
    return _LINE_END.split(text)


def syntax_defect(error: Exception, text: str) -> Defect:
    """Return what a parser's error says about a text, and where."""
    mark, message = _place_and_message(error, text)
    line = lines(text)[mark.line - 1]
    if unquoted := _UNQUOTED_TEMPLATE.search(line):
        mark = Mark(mark.line, unquoted.start(1) + 1)
        return Defect(mark, unquoted_template(unquoted[1]))
    hint = "indent with spaces" if line[mark.column - 1 : mark.column] == "\t" else None
    return Defect(mark, Fault(Reason.SYNTAX, message, hint))


def unquoted_template(template: str) -> Fault:
    """Return what is wrong with a template that stands without quotes."""
    message = f"{template} without quotes is a YAML mapping"
    return Fault(Reason.UNQUOTED_TEMPLATE, message, f'put the value in quotes: "…{template}…"')


def _place_and_message(error: Exception, text: str) -> tuple[Mark, str]:
    if isinstance(error, MarkedYAMLError):
        if opened := _never_closed(error, text):
            return opened
        place = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.context, error.problem) if part)
        if place is not None:
            return Mark(place.line + 1, place.column + 1), message
    if isinstance(error, ReaderError):
        before = lines(text[: error.position])
        message = f"the character U+{error.character:04X} is not allowed in YAML"
        return Mark(len(before), len(before[-1]) + 1), message
    return Mark(1, 1), f"this is not YAML: {error}"


def _never_closed(error: MarkedYAMLError, text: str) -> tuple[Mark, str] | None:
    """Return the quote or bracket that was still open where the text or its document ended."""
    if error.problem is None or not _AT_AN_END.search(error.problem):
        return None
    in_quotes = error.context == "while scanning a quoted scalar"
    opened = error.context_mark if in_quotes else _open_bracket(text, error.problem_mark)
    if opened is None:
        return None
    place = Mark(opened.line + 1, opened.column + 1)
    character = lines(text)[opened.line][opened.column]
    return place, f"{character} is opened here, and never closed"


def _open_bracket(text: str, end: StreamMark) -> StreamMark | None:
    """Return the innermost bracket that is open at a mark."""
    opened: list[StreamMark] = []
    for token in YAML(typ="safe", pure=True).scan(text):
        if token.start_mark.index >= end.index:
            break
        if isinstance(token, FlowMappingStartToken | FlowSequenceStartToken):
            opened.append(token.start_mark)
        elif isinstance(token, FlowMappingEndToken | FlowSequenceEndToken):
            opened.pop()
    return opened[-1] if opened else None
