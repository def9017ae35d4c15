"""Reasons that names from templates give."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

NAMES: Final = (
    Meaning(
        "InvalidName",
        means="A template gives something that AWS does not take as a name: a tag may hold "
        "characters that a log group's name must not. It is found, and never written.",
        looks_like="`container web gets no awslogs-group from the policy: what its template gives "
        "is not a log group's name: ' ' is not allowed in it`.",
        do="change the tag of the service, or look it up in a variable of the policy that gives a "
        "name for it: see [names](names.md#variables).",
        by_itself="no.",
    ),
    Meaning(
        "NameCollision",
        means="Templates give one log group to services that do not belong together: "
        "`{cluster}-{service}` is `a-b-c` for `c` of `a-b` and for `b-c` of `a`. None of them "
        "begins to log there. Who logs there already stays, and is corrected otherwise.",
        looks_like="`the policy gives the log group /ecs/web to it and, by accident, to "
        "prod-b/web`.",
        do="let the template tell them apart (`/ecs/{cluster}/{service}`). If they are to share "
        "the group, write its name out for them, or name what they have in common, such as "
        "`{cluster}` or a tag: see [names](names.md#two-services-one-name).",
        by_itself="when one of them is gone.",
    ),
    Meaning(
        "NoValue",
        means="A template, or `logGroup.retentionInDays`, needs a tag that the service does not "
        "have, or a variable that has no value for it; and there is no default. It is found, and "
        "nothing is written for it.",
        looks_like="`… gets no awslogs-group from the policy: the service has no tag team`, or "
        "`… the variable stage has no entry for 'qa', and no default`.",
        do="tag the service, add the entry to the variable, or state a default: "
        "`{tag:team|shared}`.",
        by_itself="no.",
    ),
    Meaning(
        "TagMovesLogs",
        means="The container logs to a place that the same template gives for another value of a "
        "tag, and `keep` does not hold the option. Whoever changes a tag seldom means to move "
        "logs away from their readers, so they stay.",
        looks_like="`container web has the awslogs-group of another value of a tag`. Group and "
        "Region are one place, so of the other it may be told `container web does not log with the "
        "awslogs-region of the policy, and does not move without its awslogs-group`.",
        do="to stay, add the option to `keep`, or give the tag its old value. To move, write the "
        "new name in the service's own next release, or out in a policy of higher priority for "
        "this service: see [names](names.md#a-tag-that-changes).",
        by_itself="no.",
    ),
)
