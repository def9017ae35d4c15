"""Which partition of AWS a Region belongs to."""

from __future__ import annotations

_PREFIXES = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}


def partition_of(region: str) -> str:
    """``aws``, ``aws-cn`` or ``aws-us-gov``: the second part of an ARN."""
    for prefix, partition in _PREFIXES.items():
        if region.startswith(prefix):
            return partition
    return "aws"
