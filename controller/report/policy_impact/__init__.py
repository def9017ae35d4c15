"""What a change of policies would change: as text, and as plain data."""

from __future__ import annotations
