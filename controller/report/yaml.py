"""A structure as YAML 1.2."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from ruamel.yaml import YAML


def render(structure: Mapping[str, object]) -> str:
    """Return *structure* as YAML, ready to be printed; a text that looks like a number is quoted.

    No line is folded, so that texts can be searched for.
    """
    writer = YAML(typ="rt", pure=True)
    writer.width = 1_000_000
    text = StringIO()
    writer.dump(structure, text)
    return text.getvalue()
