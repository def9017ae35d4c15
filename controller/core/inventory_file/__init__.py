"""inventory_file: what one look at a fleet was answered, redacted, as one file to work on later."""

from __future__ import annotations
