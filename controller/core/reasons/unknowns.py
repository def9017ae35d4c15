"""Reasons that say what cannot be seen."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

UNKNOWNS: Final = (
    Meaning(
        "AccessDenied",
        means="The controller may not read or write something that it needs.",
        looks_like="the operation that was denied, AWS's message, and what it was about.",
        do="see [permissions](permissions.md): which statement grants it, and what goes wrong "
        "without it.",
        by_itself="no. If it happens during a roll, be quick: a roll whose history cannot be read "
        "is not judged, and a service that may not be updated is not returned.",
    ),
    Meaning(
        "NoSuchCluster",
        means="A cluster was named with `--cluster`, and no Region has it.",
        looks_like="`no Region has a cluster of this name`.",
        do="check the spelling, `--region`, and the account of the credentials.",
        by_itself="no.",
    ),
    Meaning(
        "NotSaved",
        means="The saved inventory does not hold this: nobody asked AWS for it when the inventory "
        "was taken.",
        looks_like="`logGroup: NotSaved: the inventory holds no answer to this: nobody asked when "
        "it was taken (arn:…)`.",
        do="take a new [inventory](inventory.md) and name the policies: `ecs-logging inventory "
        "save FILE --policy …`. Then the log groups that they ask for are looked at, too.",
        by_itself="no.",
    ),
    Meaning(
        "Undecided",
        means="It is not known what should be. Either what selects the policy is not known, or a "
        "name that a template of the policy uses.",
        looks_like="`policy … selects by the cluster, not known here`, or `…: cannot be told, the "
        "context does not say cluster`.",
        do="when checking files, state it: `--context cluster=…`, and tags, too. Of a service that "
        "runs, let the controller read its tags and capacity providers (see "
        "[permissions](permissions.md)); a platform is known where the task definition states its "
        "`runtimePlatform`, or on Fargate.",
        by_itself="no.",
    ),
    Meaning(
        "Unknown",
        means="It is not known what is.",
        looks_like="`…: cannot be told, …` or `… cannot be judged, …` at a finding; `the family … "
        "has more new revisions than were read`; `the history of the service's deployments was "
        "not read to its end`.",
        do="let the controller read it (see [permissions](permissions.md)), or set the rule to "
        "Audit so that it no longer holds the others back. Of a family, deploy the newest "
        "revision or deregister what nobody uses.",
        by_itself="only if what kept it from being read passes.",
    ),
)
