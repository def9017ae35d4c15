"""Reasons that exceptions, grace periods and owners' tags give."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

EXEMPTIONS: Final = (
    Meaning(
        "ExceptionExpired",
        means="An exception has ended. What it exempted is held to the policy again.",
        looks_like="`the exception billing-until-q1 is over since the end of 2027-03-31`.",
        do="remove it. If it is still needed, agree on a later day with whoever answers for it, "
        "and write that under `expires`.",
        by_itself="no: it is told until it is removed.",
    ),
    Meaning(
        "ExceptionExpiresSoon",
        means="An exception ends within 14 days. Then what it exempts is held to the policy: "
        "where that enforces, it is rolled.",
        looks_like="`the exception billing-until-q1 ends with 2027-03-31, in 9 days`.",
        do="tell whoever answers for it.",
        by_itself="yes, by ending.",
    ),
    Meaning(
        "ExceptionUnused",
        means="An exception exempts nothing: no service matches it, or nothing that it is for "
        "differs from the policy any more. It is told only where the whole fleet was seen.",
        looks_like="`the exception billing-until-q1 exempts nothing: nothing that it is for "
        "differs`.",
        do="remove it, or correct its `match`.",
        by_itself="no.",
    ),
    Meaning(
        "Exempt",
        means="It differs from the policy, and an exception accepts that until a day.",
        looks_like="`billing-until-q1 exempts it to the end of 2027-03-31: vendor image`.",
        do="nothing, until that day comes near.",
        by_itself="yes: at the end of that day, in UTC.",
    ),
    Meaning(
        "ExemptionUndecided",
        means="An exception may be for this service: what it selects by is not known. Nothing is "
        "exempt, and nothing is written.",
        looks_like="`whether the exception billing-until-q1 is for this service cannot be told`.",
        do="let the controller read what it selects by (see [permissions](permissions.md)), or "
        "select by something else. When checking files, state it with `--context`.",
        by_itself="when it can be read, or when the exception ends.",
    ),
    Meaning(
        "InGracePeriod",
        means="The policy enforces later: its `gracePeriod` for this service is not over. It "
        "counts from `effectiveFrom`, or from the making of the service if that came later.",
        looks_like="`the policy's grace period lasts until 2027-01-08 00:00 UTC`.",
        do="correct the service at the source meanwhile. `ecs-logging plan` shows how.",
        by_itself="yes, at that moment.",
    ),
    Meaning(
        "OwnerSuspended",
        means="The owner of the service asks by the tag `ecs-logging/suspended` that nothing be "
        "changed. Any value but `false` asks it.",
        looks_like="`the tag ecs-logging/suspended asks for no change`.",
        do="ask the owner, who removes the tag when it has served, by hand or by `ecs-logging "
        "resume prod/web`.",
        by_itself="no.",
    ),
    Meaning(
        "OwnerTag",
        means="The owner of the service asks for less by the tag `ecs-logging/mode`: `Audit`, or "
        "`Disabled` together with `ecs-logging/exempt-until` and a day that is not over. Anything "
        "else is taken for `Audit`, and told as a warning.",
        looks_like="`the tag ecs-logging/mode=Audit asks for no change`, or `the tag "
        "ecs-logging/exempt-until=2026-12-31 is over, so Audit holds`.",
        do="ask the owner. A policy that is not to follow such tags says `ownerTags: Report` or "
        "`ownerTags: Ignore`.",
        by_itself="`Disabled` ends with its day; the rest no.",
    ),
    Meaning(
        "OwnerTagsUnread",
        means="The tags of the service could not be read, so its owner may have asked that "
        "nothing be changed.",
        looks_like="`the tags of the service are not known, so its owner may have said no`.",
        do="let the controller read tags (see [permissions](permissions.md)), or say `ownerTags: "
        "Ignore` in the policy.",
        by_itself="when they can be read.",
    ),
)
