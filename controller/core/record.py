"""Record: one write as it is kept for those who ask later what was changed, by what, and why.

It holds new values only, as a plan file does: no old ones, and nothing of the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from controller.core.document.patch import Operation
from controller.core.refs import Ref


class Result(StrEnum):
    """What came of a write, as far as AWS has told us."""

    DONE = "Done"
    REFUSED = "Refused"
    LOST = "Lost"


@dataclass(frozen=True, slots=True)
class Record:
    """One write: to what, when, which, and what came of it.

    `move` is the kind of the move, such as Roll; `code` AWS's error code where it was not done.
    `policy` is the policy by which it was decided, `rules` those whose edits `patch` has, and
    `policy_digest` that of the set of policies. A write that only ends what was begun has no patch.
    `came_from` is the ARN of the revision that the service was set to, `went_to` of the one that
    was made, set or tagged; None where the write is about none.
    """

    ref: Ref
    at: datetime
    move: str
    result: Result
    code: str | None = None
    policy: str | None = None
    rules: tuple[str, ...] = ()
    policy_digest: str | None = None
    patch: tuple[Operation, ...] = ()
    came_from: str | None = None
    went_to: str | None = None
