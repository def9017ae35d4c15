"""What only a person can prove: with a service of their own, on which a roll may fail."""

from __future__ import annotations

from tests.live.item import Item

_DESCRIBE = "aws ecs describe-services --cluster $CLUSTER --services $SERVICE"
_DEPLOYMENTS = "aws ecs list-service-deployments --cluster $CLUSTER --service $SERVICE"

BY_HAND = (
    Item(
        "stop-takes-back",
        "StopServiceDeployment with ROLLBACK sets the service back to the revision that ran "
        "before, also where no rollback is configured.",
        "Where the deployment ends STOPPED and the service still runs our revision, it is set back "
        "by UpdateService. Where ECS says that its own way back failed: ReturnFailed.",
        "aws ecs stop-service-deployment --service-deployment-arn $DEPLOYMENT "
        f"--stop-type ROLLBACK; {_DESCRIBE}",
    ),
    Item(
        "same-revision",
        "UpdateService to the revision that the service is set to, unforced, starts no deployment.",
        "Nothing is sent twice on purpose: after a lost answer the service is looked at first. A "
        "second deployment to our revision counts as somebody else's, and is not returned.",
        "aws ecs update-service --cluster $CLUSTER --service $SERVICE --task-definition $SAME; "
        f"{_DEPLOYMENTS}",
    ),
    Item(
        "left-out-members",
        "UpdateService with a task definition alone leaves everything else of the service as it "
        "is, its platform version included.",
        "Nothing would notice: this one matters. Only `taskDefinition` is ever sent.",
        f"{_DESCRIBE} before and after a roll, and compare",
    ),
    Item(
        "inactive-is-refused",
        "A service cannot be set to an INACTIVE revision.",
        "Nothing is lost: a service whose revision is INACTIVE is not rolled, NoWayBack, unless "
        "the policy allows a copy.",
        "aws ecs update-service --cluster $CLUSTER --service $SERVICE --task-definition $INACTIVE",
    ),
    Item(
        "logging-reasons",
        "The reasons of tasks that cannot log have the words that are known from ECS, Docker and "
        "the drivers: `failed to validate logger args`, `failed to initialize logging driver`, …",
        "A reason that is not recognised ends no roll early, and makes no service a Repair. The "
        "roll is returned after progressDeadline.",
        "deploy a service that logs to a group which is not there; "
        "aws ecs describe-tasks --cluster $CLUSTER --tasks $TASK "
        "--query 'tasks[].[stopCode,stoppedReason,containers[].reason]'",
    ),
    Item(
        "started-alarm",
        "ECS ignores the alarms of a deployment that starts while one of them is in ALARM.",
        "Nothing is lost: no roll starts then, AlarmActive.",
        "aws cloudwatch set-alarm-state --alarm-name $ALARM --state-value ALARM --state-reason x, "
        f"deploy, and {_DEPLOYMENTS}",
    ),
    Item(
        "hook-waits",
        "A PAUSE hook that waits is AWAITING_ACTION in DescribeServiceDeployments, with its id.",
        "The roll counts as without progress, and is returned after progressDeadline and whatever "
        "the hooks may take.",
        "aws ecs describe-service-deployments --service-deployment-arns $DEPLOYMENT "
        "--query 'serviceDeployments[].lifecycleHookDetails'",
    ),
    Item(
        "shifted-primary",
        "While traffic is shifted, the new revision is that of the PRIMARY deployment.",
        "The roll would look like somebody else's until it has ended, and would not be returned "
        "before.",
        f"{_DESCRIBE} --query 'services[].deployments[].[status,taskDefinition]', "
        "during a BLUE_GREEN deployment",
    ),
    Item(
        "draining",
        "Connections of old tasks are drained for five minutes where the target group says "
        "nothing, and for an hour at most.",
        "With more, a roll may be returned while it still drains. With less, nothing.",
        "aws elbv2 describe-target-group-attributes --target-group-arn $GROUP",
    ),
    Item(
        "daemons-stop-first",
        "The defaults of a daemon's deployment stop a task before its successor starts.",
        "What DescribeServices shows is believed, and not the defaults: WouldInterrupt or not.",
        f"{_DESCRIBE} --query 'services[].deploymentConfiguration'",
    ),
    Item(
        "fargate-by-compatibilities",
        "What may run on Fargate is told by requiresCompatibilities, or else by compatibilities "
        "of the described revision.",
        "A driver that Fargate lacks is refused at registration or when tasks start: the roll is "
        "returned.",
        "aws ecs describe-task-definition --task-definition $REVISION "
        "--query 'taskDefinition.[requiresCompatibilities,compatibilities]'",
    ),
    Item(
        "buffer-size",
        "awslogs takes any max-buffer-size that the memory of the task holds.",
        "Registration is refused, RefusedByAws, or tasks do not start: the roll is returned.",
        "run a task whose max-buffer-size is the one of your policy",
    ),
    Item(
        "express",
        "Services of ECS Express show the resourceManagementType ECS.",
        "Express may undo the correction, and the controller would stop: ConflictingManager.",
        f"{_DESCRIBE} --query 'services[].resourceManagementType'",
    ),
    Item(
        "unseen-tags",
        "Who may see a service but not its tags is denied DescribeServices with them, and is not "
        "shown a service without tags.",
        "An owner's tag, a suspension or a stack would not be seen. Give the controller "
        "ecs:ListTagsForResource and DescribeServices together.",
        "aws ecs describe-services --cluster $CLUSTER --services $SERVICE --include TAGS, under a "
        "role without ecs:ListTagsForResource",
    ),
    Item(
        "stack-tag",
        "Services of a CloudFormation stack show the tag `aws:cloudformation:stack-name`.",
        "Their stack would undo the correction, and the controller would stop: ConflictingManager.",
        f"{_DESCRIBE} --include TAGS --query 'services[].tags'",
    ),
    Item(
        "codedeploy-goes-back",
        "CodeDeploy begins the deployment that rolls a failed one back within five minutes.",
        "The AppSpec before ours is deployed by us, once; CodeDeploy refuses it while its own goes "
        "on.",
        "aws deploy list-deployments --application-name $APP --deployment-group-name $GROUP, after "
        "a deployment that failed",
    ),
    Item(
        "codedeploy-appspec",
        "BatchGetDeployments tells the AppSpec of the last deployment with the hash by which it "
        "was sent, and ListDeployments tells the newest first.",
        "What has another hash, or none, is not deployed: AppSpecUnusable.",
        "aws deploy get-deployment --deployment-id $ID --query deploymentInfo.revision",
    ),
    Item(
        "passed-role",
        "`iam:PassedToService` is ecs-tasks.amazonaws.com when a task definition is registered.",
        "Registering is refused, RefusedByAws, and nothing is rolled.",
        "aws ecs register-task-definition, with the policy of docs/permissions.md and a role in "
        "the document",
    ),
)
