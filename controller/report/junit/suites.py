"""Suites of test cases, and their JUnit XML as Jenkins, GitLab and GitHub's actions read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

# XML 1.0 has no way to write these, not even as a reference.
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Passed:
    """It is as expected."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not as expected: `message` in one line, `body` in full."""

    message: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Errored:
    """It could not be found out."""

    message: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """It was not asked, and why."""

    message: str


Result: TypeAlias = Passed | Failed | Errored | Skipped


@dataclass(frozen=True, slots=True)
class Case:
    """One test. `group` is shown above its name; `seconds` is how long it took."""

    name: str
    group: str
    result: Result = Passed()
    file: str | None = None
    line: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that belong together: those of one file, say."""

    name: str
    cases: tuple[Case, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suites:
    """All suites of one run."""

    name: str
    suites: tuple[Suite, ...]

    @property
    def passed(self) -> bool:
        """Tell whether no case failed, and none could not be found out."""
        return not any(
            isinstance(case.result, Failed | Errored)
            for suite in self.suites
            for case in suite.cases
        )


def render(suites: Suites) -> str:
    """Return *suites* as JUnit XML, ready to be written to a file.

    A character that XML cannot hold is written as Python escapes it.
    """
    cases = tuple(case for suite in suites.suites for case in suite.cases)
    root = ET.Element("testsuites", {"name": _told(suites.name), **_counts(cases)})
    for suite in suites.suites:
        root.append(_suite(suite))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(suite: Suite) -> ET.Element:
    element = ET.Element("testsuite", {"name": _told(suite.name), **_counts(suite.cases)})
    if suite.properties:
        properties = ET.SubElement(element, "properties")
        for name, value in suite.properties.items():
            ET.SubElement(properties, "property", {"name": _told(name), "value": _told(value)})
    for case in suite.cases:
        element.append(_case(case))
    return element


def _counts(cases: tuple[Case, ...]) -> dict[str, str]:
    def number(kind: type[Result]) -> str:
        return str(sum(isinstance(case.result, kind) for case in cases))

    return {
        "tests": str(len(cases)),
        "failures": number(Failed),
        "errors": number(Errored),
        "skipped": number(Skipped),
        "time": _seconds(sum(case.seconds for case in cases)),
    }


def _case(case: Case) -> ET.Element:
    attributes = {
        "name": _told(case.name),
        "classname": _told(case.group),
        "time": _seconds(case.seconds),
    }
    if case.file is not None:
        attributes["file"] = _told(case.file)
    if case.line is not None:
        attributes["line"] = str(case.line)
    element = ET.Element("testcase", attributes)
    match case.result:
        case Passed():
            pass
        case Skipped(message=message):
            ET.SubElement(element, "skipped", {"message": _told(message)})
        case Failed(message=message, body=body):
            ET.SubElement(element, "failure", {"message": _told(message)}).text = _told(body)
        case Errored(message=message, body=body):
            ET.SubElement(element, "error", {"message": _told(message)}).text = _told(body)
    return element


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _told(text: str) -> str:
    return _NOT_IN_XML.sub(lambda found: ascii(found[0])[1:-1], text)
