"""How people name a KMS key: by its ARN, or by an alias of the account and Region that use it."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import refusal

_LONGEST: Final = 256
_PREFIX: Final = "alias/"
_NAMED: Final = (
    r"^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)$"
)


def is_alias(key: str) -> bool:
    """Tell whether a key is named by an alias, which means another key in each Region."""
    return key.startswith(_PREFIX)


def _key(written: str) -> str:
    if re.fullmatch(_NAMED, written) and len(written) <= _LONGEST:
        return written
    message = "this is neither the ARN of a KMS key nor an alias"
    hint = "write arn:aws:kms:REGION:ACCOUNT:key/ID, or alias/NAME"
    raise refusal(Fault(Reason.INVALID_VALUE, message, hint))


KmsKey = Annotated[
    str,
    AfterValidator(_key),
    WithJsonSchema({"type": "string", "pattern": _NAMED, "maxLength": _LONGEST}),
]
"""A KMS key: its ARN, or an alias such as alias/logs."""
