"""Metadata: what a document is called."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import Written, refusal

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?")


def _name(written: str) -> str:
    if not _NAME.fullmatch(written):
        hint = "use small letters, digits, `-` and `.`, at most 63, a letter or digit at each end"
        raise refusal(Fault(Reason.INVALID_VALUE, f"`{written}` cannot be a name", hint))
    return written


PolicyName = Annotated[
    str,
    AfterValidator(_name),
    WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"}),
]
"""A name in Kubernetes' way, which a tag can hold."""


class Metadata(Written):
    """What a document is called."""

    name: PolicyName
    """What the policy is called, in findings, tags and commands; unique in a set. Required."""
