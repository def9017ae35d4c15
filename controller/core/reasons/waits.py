"""Reasons that end when something else has happened."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

WAITS: Final = (
    Meaning(
        "BudgetExhausted",
        means="Enough services are being rolled already, or have been today. Nothing is wrong.",
        looks_like="`1 of 1 services at once are being rolled in all`, or `4 of 4 services (10% "
        "of 40) were rolled within 1 day, 0:00:00`, or `the fleet has not been seen whole yet`.",
        do="nothing. To go faster, raise `rollout.maxConcurrent` or `rollout.maxPer` in the "
        "policy.",
        by_itself="yes. If it stays for hours, look for a service that is `Degraded`: a roll that "
        "cannot be judged may hold its place.",
    ),
    Meaning(
        "ClaimsIncomplete",
        means="A log group is to be made or changed, but not every service has been seen. "
        "Another one may ask something else of the same group. One that exists is changed only "
        "when every service of its account and Region was looked at, also if we made it.",
        looks_like="`not every service has been seen yet, so another may claim this group "
        "otherwise`, or `not every service of the account and Region was looked at, …`.",
        do="nothing at first; in the second case run without `--cluster`, and let the controller "
        "read every cluster.",
        by_itself="yes, after the first pass over the fleet, if that sees every service.",
    ),
    Meaning(
        "CoolingDown",
        means="The controller rolled this very service a moment ago. It waits `rollout.cooldown` "
        "from the end of that roll.",
        looks_like="`the service was rolled a moment ago`.",
        do="nothing. If the service needs correcting again and again, find out who changes it "
        "back.",
        by_itself="yes.",
    ),
    Meaning(
        "DeploymentInProgress",
        means="Somebody is deploying the service now. A roll would get in the way.",
        looks_like="`2 deployments of the service have not ended`.",
        do="nothing, unless the deployment hangs. Then see why its tasks do not start.",
        by_itself="yes, when the deployment has ended.",
    ),
    Meaning(
        "FleetNotSeen",
        means="Another set of policies was in force before. How much this one would change is "
        "known only when every service has been looked at.",
        looks_like="`not every service has been seen yet, so it is not known how much the policies "
        "would change`.",
        do="nothing.",
        by_itself="yes, after the first pass over the fleet.",
    ),
    Meaning(
        "LogGroupMissing",
        means="The corrected task definition logs to a group that is not there. Without it a task "
        "does not start. On EC2, a container in non-blocking mode can then not even be stopped.",
        looks_like="`… does not exist`, with the log group's name.",
        do="let the controller make it: `logGroup.create: true`, with the rule `log-group-exists` "
        "in Enforce. Or make it yourself, in the Region that `awslogs-region` names.",
        by_itself="yes, if the controller may make the group. Else when you have made it.",
    ),
    Meaning(
        "NotSteady",
        means="Fewer tasks run than the service wants.",
        looks_like="before a roll, `1 of 3 tasks run, so a roll could not be judged`; after one, "
        "`2 of 3 tasks run since the deployment … completed`.",
        do="find out why tasks stop: the stopped tasks' reason, the service's events, its "
        "capacity.",
        by_itself="before a roll, yes, once all tasks run. After a roll it counts as a failure: "
        "the service is returned to the revision that ran before. See "
        "[HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "NothingDeployed",
        means="The service is set to no task definition yet, as one of the EXTERNAL controller is "
        "before its first task set.",
        looks_like="`the service is set to no task definition yet`.",
        do="nothing.",
        by_itself="it is looked at again.",
    ),
    Meaning(
        "RefusedByAws",
        means="AWS refused to register or to roll the corrected revision within the last hour. "
        "Trying again at every look would only pile up revisions; one that was registered is "
        "deregistered meanwhile.",
        looks_like="`AWS refused to register or to roll the corrected revision within the hour`.",
        do="look in the log for what AWS said. A permission that is missing is the usual cause: "
        "see [permissions](permissions.md).",
        by_itself="it is tried again after an hour, or after a restart.",
    ),
    Meaning(
        "RegistrationLimit",
        means="Two revisions were registered in this family within an hour. That is more than a "
        "working correction needs.",
        looks_like="`2 revisions of web were registered in an hour`.",
        do="nothing the first time. If it comes back, somebody changes the service as fast as it "
        "is corrected: a pipeline, a second controller with another `--instance`.",
        by_itself="yes, within the hour.",
    ),
    Meaning(
        "Returning",
        means="A roll has failed and ECS is bringing the service back to the revision that ran "
        "before.",
        looks_like="`the service is on its way back from a revision that failed`. The service is "
        "`Degraded` meanwhile.",
        do="read the reason why tasks of the failed revision stopped.",
        by_itself="yes. What follows is [HeldAfterFailure](#heldafterfailure).",
    ),
    Meaning(
        "RollingOut",
        means="The corrected revision is being deployed, or is being watched after it has been.",
        looks_like="`the corrected revision is being rolled out`, `the corrected revision is "
        "watched a while`, `not all tasks of the corrected revision run`.",
        do="nothing. If it says `This process would not return it if it failed`, the process was "
        "started without `--enforce` in the middle of a roll: start one with it.",
        by_itself="yes, by the time that it names.",
    ),
    Meaning(
        "Superseded",
        means="A revision of the controller's own is left over: no service runs it, and none is "
        "to be rolled to it. It is deregistered, so that no deploy by the bare family name finds "
        "it.",
        looks_like="`nothing uses this revision of ours, and nothing will`.",
        do="nothing. A deregistered revision is INACTIVE, not deleted.",
        by_itself="yes.",
    ),
    Meaning(
        "WaitingForScaleUp",
        means="The service wants no task, so a roll would prove nothing.",
        looks_like="`the service is scaled to zero, so a roll would prove nothing`.",
        do="nothing.",
        by_itself="yes, when the service is scaled up.",
    ),
)
