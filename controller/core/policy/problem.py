"""Problems: what is wrong with a policy, where it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a policy is refused; each reason has a page of its own."""

    AMBIGUOUS_PRIORITY = "AmbiguousPriority"
    DUPLICATE_KEY = "DuplicateKey"
    DUPLICATE_NAME = "DuplicateName"
    EXTENDS_ITSELF = "ExtendsItself"
    INVALID_VALUE = "InvalidValue"
    MISSING_KEY = "MissingKey"
    NO_POLICIES = "NoPolicies"
    NOT_YET = "NotYet"
    SYNTAX = "Syntax"
    TAG_REFUSED = "TagRefused"
    TOO_LARGE = "TooLarge"
    UNKNOWN_KEY = "UnknownKey"
    UNKNOWN_POLICY = "UnknownPolicy"
    UNKNOWN_RULE = "UnknownRule"
    UNKNOWN_VARIABLE = "UnknownVariable"
    UNQUOTED_ACCOUNT_ID = "UnquotedAccountId"
    UNQUOTED_TEMPLATE = "UnquotedTemplate"


@dataclass(frozen=True, slots=True)
class Source:
    """A text that holds policies, and the name by which people know it (mostly a path)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and what to do, wherever it stands.

    `at` leads from the value that was looked at to the one at fault, and is mostly empty.
    """

    reason: Reason
    message: str
    hint: str | None = None
    at: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at its place; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    reason: Reason
    message: str
    hint: str | None
    shown: str

    def __str__(self) -> str:
        """Where it stands and what is wrong, in one line."""
        return f"{self.file}:{self.line}:{self.column}: {self.reason}: {self.message}"
