"""What was answered so far, by question: from a file, or kept while AWS is asked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar, cast

from controller.core.inventory_file.model import Answer, Failure, Key, Known
from controller.core.inventory_file.questions import Question
from controller.errors import (
    NOT_SAVED,
    AwsError,
    ConflictError,
    DeniedError,
    RetryError,
    TerminalError,
    ThrottledError,
)

A = TypeVar("A")

_KINDS: Final[tuple[type[AwsError], ...]] = (
    ThrottledError,
    RetryError,
    ConflictError,
    DeniedError,
    TerminalError,
)


class Answers:
    """Asks each question once; a fault that passes is asked about again.

    Two looks of one save therefore see the same fleet, whatever changes between them.
    """

    def __init__(self, known: Mapping[Key, Answer] | None = None) -> None:
        self._known = dict(known or {})
        self._asking: defaultdict[Key, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def known(self) -> Mapping[Key, Answer]:
        """All that was answered, errors included."""
        return self._known

    def has(self, question: Question[A], region: str, of: str) -> bool:
        """Tell whether the question was answered, and not by an error."""
        return isinstance(self._known.get(Key(region, question.name, of)), Known)

    async def ask(
        self,
        question: Question[A],
        region: str,
        of: str,
        live: Callable[[], Awaitable[A]] | None,
    ) -> A:
        """Return the answer, from what is known or else from *live*.

        Raises the AwsError that was, or is, the answer; `NotSaved` where nothing is known and
        nobody can be asked.
        """
        key = Key(region, question.name, of)
        async with self._asking[key]:
            found = self._known.get(key)
            if live is not None and (found is None or _passes(found)):
                found = self._known[key] = await _answer_of(live)
        if found is None:
            raise _not_saved(question, of)
        if isinstance(found, Failure):
            raise _error_of(found)
        return cast("A", found.answer)  # what the question is about is the key's affair


async def _answer_of(live: Callable[[], Awaitable[object]]) -> Answer:
    try:
        return Known(await live())
    except AwsError as error:
        kind = next(one for one in (*_KINDS, AwsError) if isinstance(error, one))
        return Failure(kind.__name__, error.operation, error.code, error.message, error.where)


def _passes(found: Answer) -> bool:
    return isinstance(found, Failure) and isinstance(_error_of(found), RetryError)


def _error_of(failure: Failure) -> AwsError:
    kind = next((one for one in _KINDS if one.__name__ == failure.kind), TerminalError)
    return kind(failure.operation, failure.code, failure.message, where=failure.where)


def _not_saved(question: Question[A], of: str) -> TerminalError:
    told = "the inventory holds no answer to this: nobody asked when it was taken"
    return TerminalError(question.name, NOT_SAVED, told, where=of)
