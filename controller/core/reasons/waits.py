"""Reasons that end when something else has happened."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

WAITS: Final = (
    Meaning(
        "AlarmActive",
        means="An alarm by which ECS would end a bad deployment is in ALARM already. ECS ignores "
        "all alarms of a deployment that starts so, and nobody would notice if it went wrong.",
        looks_like="`an alarm that its deployments heed is in ALARM already: errors`.",
        do="find out why the alarm is in ALARM, and mend that.",
        by_itself="yes, when the alarm is over.",
    ),
    Meaning(
        "AwaitingPerson",
        means="A lifecycle hook of the service holds the deployment of the corrected revision "
        "until somebody lets it go on. That is no hang, and is not counted as one.",
        looks_like="`the lifecycle hook … at POST_SCALE_UP waits for somebody to let the "
        "deployment go on; ECS takes ROLLBACK at 2026-11-22 13:00 UTC`.",
        do="look at the new tasks, then let it go on, or not, by the command that the remedy "
        "names.",
        by_itself="at the moment that it names, if any, ECS takes the hook's own action.",
    ),
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
        "KillSwitch",
        means="The process was started with `--kill-switch`, and what is written there is not "
        "`off`, or cannot be read. No roll starts, and no log group is made or changed. What goes "
        "on is seen through, and returned if it fails.",
        looks_like="`the kill switch ssm:/logging/stop does not say off`, or `there is no kill "
        "switch at …`, or `… could not be read: …`.",
        do="ask who stopped it. To let rolls start again, write `off` there; the process needs "
        "the permission to read it, see [permissions](permissions.md).",
        by_itself="no.",
    ),
    Meaning(
        "LineStopped",
        means="Too many rolls of the policy have failed: `rollout.maxFailures` in a row, or such a "
        "share of the last ones. Rolls that have begun are seen to their end; nothing new begins "
        "under the policy. It is counted from what ECS remembers, so a restart changes nothing.",
        looks_like="`the last 2 rolls failed: prod/web at 2027-03-31 09:30 UTC, …`.",
        do="find out why they failed: the stopped tasks' reason. Then "
        "`ecs-logging resume --line`, which acknowledges the failures so far; only later ones "
        "count again. The services that failed stay [HeldAfterFailure](#heldafterfailure).",
        by_itself="no. After `resume --line`, at the next look.",
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
        "NotLeading",
        means="Several processes of this controller run, and another of them holds the lease.",
        looks_like="`another process of this controller holds the lease`.",
        do="nothing.",
        by_itself="yes, if the other process ends.",
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
        "OutsideWindow",
        means="By `rollout.windows` of the policy no roll may start now, or the time that is left "
        "is too short to see one through: as long as a healthy roll of this service may take, and "
        "`rollout.bakeTime`.",
        looks_like="`a roll of this service needs a window that stays open for 20m; the next one "
        "opens at 2027-03-30 20:00 UTC, Tue 22:00 in Europe/Berlin`, or `…, and none of the policy "
        "production ever does`.",
        do="nothing, mostly. `ecs-logging explain windows --policy …` shows the next openings. "
        "Where none is ever long enough, let a window last longer.",
        by_itself="yes, when a window opens that is long enough.",
    ),
    Meaning(
        "Paused",
        means="A person has paused the service's cluster. What has begun is finished, or returned. "
        "Nothing new begins, and no log group is made or changed for its services.",
        looks_like="`the cluster prod is paused since 2027-03-31 12:00 UTC by user/anna`.",
        do="when it may go on: `ecs-logging resume --cluster prod`.",
        by_itself="no.",
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
        "Settling",
        means="A release has taken the corrected logging off the service. It is corrected again "
        "`rollout.settle` (10m) after the release's deployment has ended, so that it can be told "
        "whose fault a failure is.",
        looks_like="`a release over the corrected revision has ended a moment ago`.",
        do="nothing. To spare the second deployment, take the patch that `ecs-logging plan` shows "
        "to the place from which the task definition comes.",
        by_itself="yes.",
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
        "Unproven",
        means="The corrected revision was rolled out while the service wanted no task, since the "
        "policy says `allow.scaledToZero`. That proves nothing, and counts as nothing for others.",
        looks_like="`the corrected revision was rolled out while the service wanted no task, which "
        "proves nothing`.",
        do="nothing. Its first tasks are watched when it is scaled up, however much later, and it "
        "is returned if none of them runs for `rollout.progressDeadline`.",
        by_itself="yes, once the service is scaled up and its tasks have run for "
        "`rollout.bakeTime`.",
    ),
    Meaning(
        "WaitingForCanary",
        means="The policy has waves, and under the policies in force no roll has succeeded yet. "
        "One service of the first wave goes first, alone: a REPLICA service that wants tasks. The "
        "others follow once it has succeeded and the first wave's `bake` has passed. If it fails, "
        "the next one goes first. Where nothing of the first wave is left to be rolled, a service "
        "of it that runs an earlier correction well is proof enough.",
        looks_like="`prod/web goes first, alone`, `the service that went first is watched a "
        "while`, or `none of the wave canaries can go first: …`.",
        do="nothing, unless none can go first, or all that could have failed. Then see to these, "
        "or let the wave begin all the same: `ecs-logging approve wave POLICY/WAVE`.",
        by_itself="yes, once one has succeeded and baked. Not where none can go first.",
    ),
    Meaning(
        "WaitingForPromotion",
        means="The wave before is healthy and says `promotion: Manual`.",
        looks_like="`the wave canaries is healthy, and a person lets the next begin`.",
        do="look at what was rolled, then let the wave begin: the remedy names the command, "
        "`ecs-logging approve wave POLICY/WAVE`. A yes holds for this set of policies alone.",
        by_itself="no. After the approval, at the next look.",
    ),
    Meaning(
        "WaitingForScaleUp",
        means="The service wants no task, so a roll would prove nothing.",
        looks_like="`the service is scaled to zero, so a roll would prove nothing`.",
        do="nothing; or roll it all the same, with `allow.scaledToZero`.",
        by_itself="yes, when the service is scaled up.",
    ),
    Meaning(
        "WaitingForWave",
        means="The service belongs to a later wave of `rollout.waves`. Every service of the waves "
        "before must be as the policy wants it and healthy, and the last roll of each must have "
        "ended `bake` ago. One that failed and is held keeps the later waves waiting; one that can "
        "never be rolled, or wants no task, does not.",
        looks_like="`3 services of the waves before are still to be rolled, or not healthy: first "
        "prod/web of the wave canaries`, or `the wave canaries is watched a while`.",
        do="nothing at first. If it is one that failed that others wait for, see to it, or let the "
        "wave begin all the same: `ecs-logging approve wave POLICY/WAVE`.",
        by_itself="yes, when the waves before are done.",
    ),
)
