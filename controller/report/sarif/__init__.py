"""SARIF 2.1.0: what code scanning and editors read of findings in files."""

from __future__ import annotations
