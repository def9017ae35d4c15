"""A structure as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping


def render(structure: Mapping[str, object]) -> str:
    """Return *structure* as JSON, ready to be printed."""
    return json.dumps(structure, indent=2, ensure_ascii=False) + "\n"
