"""What can go wrong with AWS, told apart by what the caller should do about it.

    AwsError
    ├── TerminalError   the request itself is wrong: asking again does not help
    ├── RetryError      a passing fault: ask again later
    │   └── ThrottledError  asked too often: ask again later, and less
    ├── ConflictError   somebody else changes the same thing now: look again
    ├── DeniedError     we are not allowed to: a person must act
    └── LostError       a write whose answer was lost: it may or may not have been made

A vendor's error becomes one of these once, in `controller/aws/`, with its cause chained.
"""

from __future__ import annotations

from typing import Final

NOT_SAVED: Final = "NotSaved"
"""The code of the TerminalError for what a saved inventory does not hold."""

SAVE_ANEW: Final = "Take a new one: ecs-logging inventory save FILE, with these policies."
"""What a person does about it."""


class AwsError(Exception):
    """A call to AWS that did not succeed.

    `operation` is the name of the API operation, `code` AWS's error code, `where` what it was
    about.
    """

    def __init__(self, operation: str, code: str, message: str, *, where: str = "") -> None:
        super().__init__(f"{operation}: {code}: {message}" + (f" ({where})" if where else ""))
        self.operation = operation
        self.code = code
        self.message = message
        self.where = where


class TerminalError(AwsError):
    """The request itself is wrong: asking again does not help."""


class RetryError(AwsError):
    """A passing fault: ask again later."""


class ThrottledError(RetryError):
    """Asked too often: ask again later, and less."""


class ConflictError(AwsError):
    """Somebody else changes the same thing at this moment: look again."""


class DeniedError(AwsError):
    """We are not allowed to: a person must act."""


class LostError(AwsError):
    """A write whose answer was lost: it may or may not have been made, so look before asking."""


class NotSeenError(Exception):
    """What was asked for could not be looked at, and nobody can say how it stands: exit code 4."""


class UsageError(Exception):
    """Something that the person who started us must mend: exit code 2."""
