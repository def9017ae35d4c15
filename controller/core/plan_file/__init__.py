"""plan_file: what `plan --out` writes for `apply` to carry out: single changes, each by digest."""

from __future__ import annotations
