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
        means="The same change of the logging failed on this service before. It is tried once more "
        "when another revision runs than the one from which the failed one was made, and "
        "`rollout.latchRetry` (7d) has passed since the failure: both. A second failure, or one of "
        "a revision that can no longer be read, is held until a person says so. Who sets the "
        "service back as soon as the controller would counts as a failure, too.",
        looks_like="`the same logging patch failed on this service before (LoggingFailed)`. The "
        "service runs the revision that it ran before, or a release since.",
        do="find the cause. Then make the logging change in your own next release, after which "
        "nothing differs any more; or change the policy so that the correction is another one; or, "
        "if the cause is gone, let it be tried again: `ecs-logging approve prod/web`. With "
        "`ownerTags: Ignore` that is not heeded.",
        by_itself="only after a release and `rollout.latchRetry`. It is remembered by a tag of the "
        "failed revision and by ECS's history of the service's deployments.",
    ),
    Meaning(
        "LoggingFailed",
        means="Two new tasks could not start for the same reason, which names their logging, and "
        "no new task is healthy. The roll is given up before its deadline.",
        looks_like="`2 new tasks could not log, and none is healthy: CannotStartContainerError: … "
        "failed to initialize logging driver: …`. Addresses and what may be secrets are left out.",
        do="mend what the reason names: the log group, its Region, the execution role, an option.",
        by_itself="the service is returned. See [HeldAfterFailure](#heldafterfailure).",
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
        "ReturnFailed",
        means="A roll has failed, and ECS could not bring the service back to the revision that "
        "ran before. Nothing more is tried.",
        looks_like="`the service could not be taken back from the corrected revision: …`.",
        do="deploy a revision that works. Read the stopped tasks' reason first: what keeps the old "
        "revision from running is not its logging.",
        by_itself="no. A deployment of your own ends it.",
    ),
    Meaning(
        "RolledBack",
        means="ECS's circuit breaker, or a person while the roll went on, returned the service "
        "before the controller did. The failure is marked.",
        looks_like="`ECS returned the service from the corrected revision`.",
        do="read the stopped tasks' reason.",
        by_itself="nothing is left to return. See [HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "UnknownMember",
        means="A revision came back from ECS other than it was sent. Rolling it could lose a "
        "setting, so it is not rolled, and nothing more is registered in that account and Region "
        "while a cluster there has the tag `ecs-logging/unknown-member`. Or a process was killed "
        "before it had read a revision back, and nobody knows what was sent: then this family "
        "alone waits.",
        looks_like="`web:8 came back from ECS other than it was sent`, or `web:8 bears our tags "
        "and is not what its digest says: …`.",
        do="compare the revision with the one that it was made from (tag `ecs-logging/base`), and "
        "report the difference to us. Then `ecs-logging approve account`; in the second case, "
        "deregister the revision, or deploy it.",
        by_itself="no. The revision itself is deregistered if nothing uses it, and it is known to "
        "be damaged.",
    ),
    Meaning(
        "UnknownPrincipal",
        means="The service is being rolled to a revision that bears this controller's tags and was "
        "registered under a role that it does not know. It is not watched, nor returned if it "
        "fails.",
        looks_like="`shop:7 bears the tags of ecs-logging-controller and was registered by "
        "arn:aws:sts::…:assumed-role/old, which is none of our principals: …`.",
        do="if the controller ran under that role before, start it with `--former-principal`: see "
        "[permissions](permissions.md#keep-the-role). If not, find out who registers revisions "
        "with its tags.",
        by_itself="yes, once the roll can no longer fail; nothing has been watched then.",
    ),
)
