"""yaml: YAML 1.2 as data that knows where it stands, bounded, with every fault at once."""

from __future__ import annotations
