"""report: pure renderers, from what was found to text. They print nothing."""

from __future__ import annotations
