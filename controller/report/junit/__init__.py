"""JUnit XML: what CI servers read of tests."""

from __future__ import annotations
