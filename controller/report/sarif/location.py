"""Where something stands, as SARIF writes it: relative to the root of the checkout."""

from __future__ import annotations

import posixpath
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from controller.report.structure import Structure
from controller.report.words import clean

ROOT: Final = "%SRCROOT%"
_LONGEST: Final = 1000  # characters of a line: minified files are one line


def location(
    file: str, line: int, column: int, root: PurePath, *, shown: str = "", path: str = ""
) -> Structure:
    """Return a place in a file; line and column count from 1, in characters.

    *root* is the directory to which a file's name is relative, and from which the run was
    started: that is taken for the root of the checkout. *shown* is the line, *path* the position
    in the document.
    """
    region: Structure = {"startLine": line, "startColumn": column}
    if shown.strip():
        region |= {"snippet": {"text": clean(shown[:_LONGEST])}}
    written: Structure = {
        "physicalLocation": {"artifactLocation": artifact(file, root), "region": region}
    }
    if path:
        written |= {"logicalLocations": [{"fullyQualifiedName": clean(path), "kind": "member"}]}
    return written


def artifact(file: str, root: PurePath) -> Structure:
    """Return a file: relative to *root* where it lies below it, else by its absolute URI."""
    base = root.as_posix()
    whole = posixpath.normpath(posixpath.join(base, PurePath(file).as_posix()))
    within = whole.removeprefix(base.rstrip("/") + "/")
    if within != whole:
        return {"uri": _quoted(within), "uriBaseId": ROOT}
    return {"uri": f"file://{_quoted(whole if whole.startswith('/') else f'/{whole}')}"}


def _quoted(path: str) -> str:
    # A name that is not UTF-8 comes with surrogates; they are written as what they stand for.
    octets = b"".join(_octets(character) for character in path)
    return quote(octets, safe="/")


def _octets(character: str) -> bytes:
    is_octet = "\udc80" <= character <= "\udcff"
    return character.encode(errors="surrogateescape" if is_octet else "surrogatepass")
