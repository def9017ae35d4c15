"""iac: the files from which things are deployed, read with their places."""

from __future__ import annotations
