"""Why a part could not be read, in words that a person can act on."""

from __future__ import annotations

from controller.core.reason import Reason
from controller.errors import NOT_SAVED, SAVE_ANEW, AwsError, DeniedError


def reason_of(error: AwsError) -> Reason:
    """Return the reason for which a part is Unread, from the error that reading it met."""
    if error.code == NOT_SAVED:
        return Reason("NotSaved", str(error), SAVE_ANEW)
    code = "AccessDenied" if isinstance(error, DeniedError) else "Unknown"
    return Reason(code, str(error), "See docs/permissions.md for what is read, and why.")
