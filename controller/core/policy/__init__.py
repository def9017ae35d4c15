"""policy: what people write about logging, read with its places, and which of it governs whom."""

from __future__ import annotations
