"""What ECS describes by ARN, a few at once: all of them, or those that it says are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.errors import RetryError, TerminalError

AT_ONCE: Final = 20  # [fact 5.5]


async def describe_all(
    api: Api, operation: str, arns: Sequence[str], *, noun: str, where: str
) -> Mapping[str, Answer]:
    """Return what *operation* shows for each of *arns*, in their order, without the missing ones.

    *noun* is what is described, as the members of the operation spell it: it is sent `<noun>Arns`,
    and answers `<noun>s`, each with its `<noun>Arn`. Raises RetryError where an answer leaves one
    out without saying so, TerminalError where one fails for another reason than that it is missing.
    """

    async def some(asked: Sequence[str]) -> dict[str, Answer]:
        answer = await api.call(operation, {f"{noun}Arns": list(asked)}, where=where)
        found = {one.text(f"{noun}Arn"): one for one in answer.parts(f"{noun}s")}
        unheard = set(asked) - found.keys() - _missing(answer)
        if unheard:
            message = f"the answer leaves out {len(unheard)} of the {noun}s that were asked for"
            raise RetryError(operation, "MissingMember", message, where=where)
        return found

    chunks = [arns[at : at + AT_ONCE] for at in range(0, len(arns), AT_ONCE)]
    found = {arn: one for part in await for_each(chunks, some) for arn, one in part.items()}
    return {arn: found[arn] for arn in arns if arn in found}


def _missing(answer: Answer) -> frozenset[str]:
    failures = answer.parts("failures")
    for one in failures:
        if one.text("reason") != "MISSING":
            message = "it could not be described"
            raise TerminalError(
                answer.operation, one.text("reason"), message, where=one.text("arn")
            )
    return frozenset(one.text("arn") for one in failures)
