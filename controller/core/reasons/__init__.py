"""Every reason that a person may meet, with what it means; docs/reasons.md is made from these."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.exemptions import EXEMPTIONS
from controller.core.reasons.failures import FAILURES
from controller.core.reasons.log_groups import LOG_GROUPS
from controller.core.reasons.meaning import Chapter
from controller.core.reasons.names import NAMES
from controller.core.reasons.problems_of_policies import PROBLEMS_OF_POLICIES
from controller.core.reasons.refusals import REFUSALS
from controller.core.reasons.unknowns import UNKNOWNS
from controller.core.reasons.waits import WAITS

CHAPTERS: Final = (
    Chapter(
        title="Waits",
        intro="""
            These end when something else has happened. The controller looks again without being
            asked.
        """,
        meanings=WAITS,
    ),
    Chapter(
        title="Refusals",
        intro="""
            These stay until a person changes something: the policy, the service, or how the
            controller was started.
        """,
        meanings=REFUSALS,
    ),
    Chapter(
        title="Refusals at log groups",
        intro="""
            These stay, too, until a person changes something. A log group outlives the services
            that write to it, and some of what could be done to it cannot be undone.
        """,
        meanings=LOG_GROUPS,
    ),
    Chapter(
        title="Refusals of names",
        intro="""
            Names of log groups come from templates. One that would be wrong, or would surprise
            somebody, is found and not written. How names are made is told in [names](names.md).
        """,
        meanings=NAMES,
    ),
    Chapter(
        title="Exemptions",
        intro="""
            These hold a policy back, or tell of what does: an exception, a grace period, the
            service's owner. Each can only weaken what the policy asks.
        """,
        meanings=EXEMPTIONS,
    ),
    Chapter(
        title="Failures",
        intro="""
            Something was tried and did not work. Where a roll has failed, the service is marked
            and returned without being asked, if the process enforces.
        """,
        meanings=FAILURES,
    ),
    Chapter(
        title="Unknowns",
        intro="""
            What cannot be seen is neither compliant nor drift. It never leads to a write.

            A gap can also carry an error code of AWS itself, such as `InvalidParameterException`,
            with AWS's message. Faults that may pass (throttling, a lost connection) have no reason
            here: they are tried again, and a report names them as gaps where they did not pass.
        """,
        meanings=UNKNOWNS,
    ),
    Chapter(
        title="Problems of policies",
        intro="""
            A policy that does not parse is refused whole. Every problem is shown at once, each
            with its file, line and column, and mostly with a hint. A file that is too large is
            [TooLarge](#toolarge). None of these goes away by itself.
        """,
        meanings=PROBLEMS_OF_POLICIES,
    ),
)
MEANINGS: Final = {one.code: one for chapter in CHAPTERS for one in chapter.meanings}
"""The same by their codes."""
