"""Reasons that say what was tried and did not work."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

FAILURES: Final = (
    Meaning(
        "DeploymentFailed",
        means="ECS gave up the deployment of the corrected revision.",
        looks_like="`ECS gave up the deployment ecs-svc/…: 3 tasks failed`.",
        do="read the stopped tasks' reason. Often the execution role may not write to the log "
        "group, or the group's Region is wrong.",
        by_itself="the service is returned. The same change is not tried again: see "
        "[HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "HeldAfterFailure",
        means="The same change of the logging failed on this service before. It is not tried "
        "twice.",
        looks_like="`the same logging patch failed on this service before`. The service runs the "
        "revision that it ran before.",
        do="find the cause. Then either make the logging change in your own next release, after "
        "which nothing differs any more; or change the policy so that the correction is another "
        "one. A release alone does not lift the hold, and no verb of this version does.",
        by_itself="no. It is remembered by a tag of the failed revision and by ECS's history of "
        "the service's deployments. A failed deployment whose revision ECS no longer shows "
        "counts, too.",
    ),
    Meaning(
        "ProgressDeadlineExceeded",
        means="The deployment of the corrected revision made no progress for "
        "`rollout.progressDeadline`.",
        looks_like="`the deployment ecs-svc/… made no progress for 0:15:00: 1 of 3 tasks run, 2 "
        "failed`.",
        do="read the stopped tasks' reason, and whether there was room for new tasks. If good "
        "deployments of yours take longer, raise the deadline.",
        by_itself="the service is returned. See [HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "Refused",
        means="AWS refuses the call for good, for a reason other than permissions.",
        looks_like="AWS's own words: the operation, its error code, its message, and what it was "
        "about.",
        do="read what it says. It would refuse the same call again.",
        by_itself="no. The target is looked at again with every resync.",
    ),
    Meaning(
        "RolledBack",
        means="ECS's circuit breaker, or a person, returned the service before the controller "
        "did. The failure is marked.",
        looks_like="`ECS returned the service from the corrected revision`.",
        do="read the stopped tasks' reason.",
        by_itself="nothing is left to return. See [HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "UnknownMember",
        means="A revision came back from ECS other than it was sent. Rolling it could lose a "
        "setting, so it is not rolled, and nothing more is registered in that account and Region.",
        looks_like="`web:8 came back from ECS other than it was sent`.",
        do="compare the revision with the one that it was made from (tag `ecs-logging/base`), and "
        "report the difference to us. A restart lets other families go on; this family stays as "
        "it is while the revision is among its newest.",
        by_itself="no. The revision itself is deregistered if nothing uses it.",
    ),
)
