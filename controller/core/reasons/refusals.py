"""Reasons for which a service stays as it is until a person changes something."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

REFUSALS: Final = (
    Meaning(
        "AlarmMissing",
        means="The service's deployments are to be ended by alarms that are not there.",
        looks_like="`its deployments heed alarms that are not there: errors`.",
        do="make the alarms, or take them off the service's deployment configuration.",
        by_itself="no.",
    ),
    Meaning(
        "AppSpecUnusable",
        means="CodeDeploy deploys the service, and a deployment needs an AppSpec. The controller "
        "takes the one by which the service was deployed last, and changes the task definition in "
        "it and nothing else. That one cannot be taken: it lies in S3, its hash differs, it is "
        "not plain JSON or YAML, it names several task definitions or none by the ARN of a "
        "revision, or it is not what brought what the service runs now.",
        looks_like="`the AppSpec of d-A1B2C3D4E is of no use: it lies elsewhere (S3), and is not "
        "read there`.",
        do="deploy the service once by an AppSpec that is sent as text (`AppSpecContent`), with "
        "the full ARN of a revision; or take the patch that `ecs-logging plan` shows to whatever "
        "deploys the service.",
        by_itself="yes, after such a deployment.",
    ),
    Meaning(
        "AuditOnly",
        means="It would be written, but one of the yeses is missing: the process, the policy, or "
        "the rule.",
        looks_like="at a finding, that its rule is in Audit; at a target, `this process does not "
        "enforce`.",
        do="look at `ecs-logging plan`. If you want it: `mode: Enforce` in the policy (and no "
        "`mode: Audit` for the rule), and `--enforce` for the process.",
        by_itself="no. This is how it should be, until you say otherwise.",
    ),
    Meaning(
        "ConflictingManager",
        means="Somebody keeps taking the corrected logging off the service: more than "
        "`rollout.maxRecorrections` (2) corrections within 14 days were each undone by a release, "
        "or the service was twice set to a revision that differs from ours in nothing but the "
        "logging. The controller does not fight; it writes nothing more on the service, and tags "
        "its cluster with it, so that it is not forgotten. A roll that failed and "
        "was returned, by ECS or by the controller, does not count.",
        looks_like="`the corrected logging was taken off 3 times, last at 2026-11-22 11:40 UTC by "
        "a revision that arn:aws:sts::111122223333:assumed-role/pipeline registered`. Where the "
        "service went back to an older revision, that is who registered it, not who went back. "
        "Long after, that the history of the service tells no more of it.",
        do="take the patch that `ecs-logging plan` shows to the place from which the task "
        "definition comes. Or tell the controller to go on, which forgives what was before: "
        "`ecs-logging approve prod/web`.",
        by_itself="no.",
    ),
    Meaning(
        "DestinationLosesConsumers",
        means="A container would leave its log group, and somebody reads that group along through "
        "a subscription filter or a metric filter that the new group does not have. The "
        "container's lines would be missing there: in an alarm, in a search, at the auditors.",
        looks_like="`container web would leave /old (eu-central-1) for /ecs/web (eu-central-1), "
        "which lacks: metric filter errors, subscription filter to-siem`.",
        do="put the same filters on the new group: the same pattern with the same destination or "
        "metrics, under any name. If the group is missing, the controller makes it meanwhile, "
        "where it may. Or let the container stay: `keep: [group, region]` in the destination. "
        "Delete from the old group what nobody needs. Where another log driver takes over, no "
        "filter follows: let the readers read from there first, then delete the filters.",
        by_itself="yes, once the new group has them.",
    ),
    Meaning(
        "ExecutionRoleMissing",
        means="On Fargate, awslogs needs an execution role. ECS would refuse to register the task "
        "definition.",
        looks_like="`on Fargate awslogs needs an execution role, and the task definition has "
        "none`.",
        do="give the task definition an `executionRoleArn` that may `logs:CreateLogStream` and "
        "`logs:PutLogEvents`, and deploy it.",
        by_itself="no.",
    ),
    Meaning(
        "FamilyAhead",
        means="The family has a newer ACTIVE revision that is not the controller's: perhaps a "
        "release that is about to be deployed. A revision made from the older one would come "
        "after it, and every deploy by the bare family name would take ours.",
        looks_like="`the service runs web:7, but web:9 is newer and not ours`.",
        do="deploy the newer revision, or deregister it if nobody wants it. If the family is "
        "shared on purpose, set `allow.sharedFamilies`.",
        by_itself="yes, if the newer revision is about to be deployed. Else no.",
    ),
    Meaning(
        "NoDeploymentGroup",
        means="CodeDeploy deploys the service, and no deployment group of this account and Region "
        "names it, or several do. So nobody can say by which it is to be deployed.",
        looks_like="`no deployment group of CodeDeploy names the service`.",
        do="let one deployment group name the service in its `ecsServices`, and let the "
        "controller read it: see docs/permissions.md.",
        by_itself="no.",
    ),
    Meaning(
        "NoRoomToRoll",
        means="The service may run no task more than the tasks that must stay, so a roll could "
        "start none and would hang.",
        looks_like="`a roll may start no new task: 1 must stay and at most 1 may run`.",
        do="raise `maximumPercent`.",
        by_itself="no.",
    ),
    Meaning(
        "NoWayBack",
        means="The revision to return to is no longer ACTIVE. ECS deploys no other.",
        looks_like="before a roll, `web:7 is INACTIVE, so a roll could not be returned to it`. "
        "After one, `web:8 failed, and web:7, from which it was made, is no longer ACTIVE`.",
        do="deploy a revision that is ACTIVE and works, or let the controller register an equal "
        "copy to return to: `allow.inactiveBase: RegisterCopy`. After a failed roll this is "
        "urgent: the service stays where it is until you deploy.",
        by_itself="no.",
    ),
    Meaning(
        "NotActive",
        means="The service is being deleted.",
        looks_like="`the service is DRAINING`.",
        do="nothing.",
        by_itself="yes, when the service is gone.",
    ),
    Meaning(
        "NotOurs",
        means="`rollback` was asked for, and the service runs no revision that this role has "
        "registered as a correction.",
        looks_like="`the service runs web:7, which is no revision of ours`.",
        do="nothing, if it was never corrected. If the revision has our tags, run the verb under "
        "the role of the controller: a revision is its own only if that has registered it.",
        by_itself="no.",
    ),
    Meaning(
        "NotPlanned",
        means="`apply` was given a plan file that does not name this target. Only what was "
        "planned is written.",
        looks_like="`the plan file does not name this target`.",
        do="make a new plan, read it, apply that one: `ecs-logging plan --out`.",
        by_itself="no.",
    ),
    Meaning(
        "OwnedElsewhere",
        means="Somebody else owns the service or the log group: a CloudFormation stack, the CDK, "
        "Copilot, another instance of this controller, or an owner that the policy names, such as "
        "Terraform or a pipeline. Their next update would undo the change.",
        looks_like="`the CloudFormation stack shop owns the service, as the tag "
        "aws:cloudformation:stack-name of the service tells`, or `… owns the log group, …`.",
        do="take the patch that `ecs-logging plan` shows to where the owner keeps the task "
        "definition. To overrule the owner, say so in the policy: "
        "`owners.cloudformation: Enforce`, or the `mode` of a named owner. Of a log group, all "
        "policies that ask anything of it must.",
        by_itself="no.",
    ),
    Meaning(
        "PlanOutdated",
        means="Something has changed since the plan was made: the service, the log group, or the "
        "policy.",
        looks_like="`the target is no longer what it was when the plan was made`, or `the "
        "correction would be another than that of the plan`.",
        do="make a new plan, read it, apply that one.",
        by_itself="no.",
    ),
    Meaning(
        "PolicyConflict",
        means="Two statements contradict each other, and nothing is written.",
        looks_like="for a service, `policies a and b of one priority all match`; for a log group, "
        "`its claimers ask for retentions of 14 and 30 days`, or for two keys or classes, with the "
        "policies' names, or `the templates of services that do not belong together give this "
        "name` (see [NameCollision](#namecollision)); for a finding, two rules that want different "
        "values at one place.",
        do="give the policies different priorities, or `exclude` from one what the other governs. "
        "For a log group, let all who share it ask for the same. Two rules that disagree are a "
        "fault of ours: please report it.",
        by_itself="no.",
    ),
    Meaning(
        "PolicyDisabled",
        means="The policy that governs the service says `mode: Disabled`.",
        looks_like="`its policy … is disabled`.",
        do="nothing, or change the mode.",
        by_itself="no.",
    ),
    Meaning(
        "PolicyImpact",
        means="Another set of policies was in force in the service's cluster before, and this one "
        "would change more than it may without a person's yes: more than `maxImpact` of the "
        "governed services (20%, unless a `PolicySet` says otherwise), or it governs none where "
        "the other governed some. What it changes only once a grace period or an exception is "
        "over counts as well, and so does what cannot be told for now. Until then it is "
        "taken as if all of it were in Audit: nothing new is rolled and no log group is made or "
        "changed for it. Rolls that are under way are finished or returned.",
        looks_like="`the policies 1a2b3c4d5e6f7a8b would change 12 of 40 governed services; "
        "without an approval they may change 8 (maxImpact 20%)`, or `the policies "
        "1a2b3c4d5e6f7a8b govern nothing in the cluster prod, where those before governed 12`.",
        do="see with `ecs-logging plan` whether that is meant. If it is: `ecs-logging approve "
        "policy 1a2b3c4d5e6f7a8b`, with the digest that the reason shows. If it is not, mend the "
        "policies. See [how a change of policies goes live]"
        "(safety.md#how-a-change-of-policies-goes-live).",
        by_itself="no; but it ends when so few services are left to change that they are within "
        "`maxImpact`.",
    ),
    Meaning(
        "ReleaseReported",
        means="The controller corrected the service once, and a release has brought the old "
        "logging back since. The policy says `rollout.onRelease: Report`, so it is not corrected "
        "again.",
        looks_like="`the corrected logging was taken off once, last at 2026-11-22 11:40 UTC by a "
        "revision that arn:aws:sts::111122223333:assumed-role/pipeline registered`.",
        do="take the patch that `ecs-logging plan` shows to the place from which the task "
        "definition comes. To have it corrected once more: `ecs-logging approve prod/web`.",
        by_itself="no.",
    ),
    Meaning(
        "RouterInUse",
        means="The container logs through FireLens, and the policy does not accept that. Router "
        "and applications would have to change in one revision; this version does not do so.",
        looks_like="`container … logs through FireLens, which the policy does not accept; its "
        "router would have to go in the same revision`.",
        do="accept it (`accept: [{driver: awsfirelens}]`), or change the task definition yourself.",
        by_itself="no.",
    ),
    Meaning(
        "RuleDependency",
        means="The rule makes sense only together with another one, and that one is not in "
        "Enforce.",
        looks_like="a finding that is blocked although its own rule is in Enforce.",
        do="put the other rule into Enforce, too. In this version no rule needs another, so you "
        "should not see this.",
        by_itself="no.",
    ),
    Meaning(
        "TooLarge",
        means="Something is larger than what takes it. A task definition may have 64 KiB, a tag's "
        "value 256 characters, a file of policies 1 MiB.",
        looks_like="`the corrected task definition has 66012 bytes; ECS takes 65536`, or `the tag "
        "… would have more than 256 characters`; in a policy, `the file is larger than 1 MiB`, or "
        "values that are too many or nested too deep.",
        do="shorten the task definition (`environmentFiles` help), give the family a shorter "
        "name, split the file.",
        by_itself="no.",
    ),
    Meaning(
        "TooManyTags",
        means="ECS takes 50 tags. The corrected revision carries over yours, adds up to six of "
        "ours, and keeps room for five marks of failures.",
        looks_like="`the corrected revision would carry 48 tags and up to 5 marks of failures; "
        "ECS takes 50`.",
        do="remove tags from the task definition.",
        by_itself="no.",
    ),
    Meaning(
        "Ungoverned",
        means="No policy speaks of the service.",
        looks_like="`no policy matches`, or `excluded by policy …`.",
        do="nothing, or widen `match`.",
        by_itself="no.",
    ),
    Meaning(
        "UnsupportedController",
        means="Somebody else makes the deployments of this service: CodeDeploy, an external "
        "controller, or ECS Express.",
        looks_like="`its deployments are made by CodeDeploy`, or `the service is managed by ECS "
        "Express`.",
        do="for CodeDeploy, set `allow.codeDeploy`. Else take the patch that `ecs-logging plan` "
        "shows to whatever deploys the service. For Express, `UpdateExpressGatewayService`.",
        by_itself="no.",
    ),
    Meaning(
        "UnsupportedDeployment",
        means="The service's tasks run in a confidential sandbox. Its attestation policy pins the "
        "containers and their configuration, so tasks of an edited document may not start.",
        looks_like="`its tasks run in a CONFIDENTIAL_SANDBOX, whose attestation policy pins their "
        "containers`.",
        do="change the logging and the attestation policy together, in a release of your own. "
        "`ecs-logging plan` shows the patch.",
        by_itself="no.",
    ),
    Meaning(
        "WouldInterrupt",
        means="During a roll, ECS may stop tasks before their successors run.",
        looks_like="`a roll may leave 0 of 1 tasks running`.",
        do="set the service's `minimumHealthyPercent` to 100 (and leave `maximumPercent` room "
        "above it). If an interruption is acceptable, `allow.interruption: true`.",
        by_itself="no.",
    ),
)
