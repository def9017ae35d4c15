"""Which calls only read: a closed list, so that a call nobody thought of counts as a write."""

from __future__ import annotations

from collections.abc import Mapping

from controller.sandbox.request import Request

READS: Mapping[str, frozenset[str]] = {
    "ecs": frozenset(
        [
            "DescribeCapacityProviders",
            "DescribeClusters",
            "DescribeContainerInstances",
            "DescribeDaemon",
            "DescribeDaemonDeployments",
            "DescribeDaemonRevisions",
            "DescribeDaemonTaskDefinition",
            "DescribeServiceDeployments",
            "DescribeServiceRevisions",
            "DescribeServices",
            "DescribeTaskDefinition",
            "DescribeTaskSets",
            "DescribeTasks",
            "GetTaskProtection",
            "ListAccountSettings",
            "ListAttributes",
            "ListClusters",
            "ListContainerInstances",
            "ListDaemonDeployments",
            "ListDaemonTaskDefinitions",
            "ListDaemons",
            "ListServiceDeployments",
            "ListServices",
            "ListServicesByNamespace",
            "ListTagsForResource",
            "ListTaskDefinitionFamilies",
            "ListTaskDefinitions",
            "ListTasks",
        ]
    ),
    "logs": frozenset(
        [
            "DescribeLogGroups",
            "DescribeLogStreams",
            "DescribeMetricFilters",
            "DescribeResourcePolicies",
            "DescribeSubscriptionFilters",
            "FilterLogEvents",
            "GetLogEvents",
            "GetQueryResults",
            "ListLogGroups",
            "ListTagsForResource",
            "ListTagsLogGroup",
            "StartQuery",
        ]
    ),
    "sts": frozenset({"AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"}),
    "iam": frozenset(
        [
            "GetAccountAuthorizationDetails",
            "GetPolicy",
            "GetPolicyVersion",
            "GetRole",
            "GetRolePolicy",
            "ListAttachedRolePolicies",
            "ListRolePolicies",
            "SimulateCustomPolicy",
            "SimulatePrincipalPolicy",
        ]
    ),
    "tagging": frozenset({"GetResources", "GetTagKeys", "GetTagValues"}),
    "monitoring": frozenset({"DescribeAlarms", "GetMetricData", "ListMetrics"}),
    "events": frozenset(
        {"DescribeRule", "ListRuleNamesByTarget", "ListRules", "ListTargetsByRule"}
    ),
    "dynamodb": frozenset({"BatchGetItem", "DescribeTable", "GetItem", "Query", "Scan"}),
    "ssm": frozenset({"GetParameter", "GetParameters", "GetParametersByPath"}),
    "secretsmanager": frozenset({"DescribeSecret", "GetSecretValue"}),
    "kms": frozenset({"DescribeKey", "GetKeyPolicy", "ListAliases"}),
    "organizations": frozenset(
        {"DescribeAccount", "DescribeOrganization", "ListAccounts", "ListAccountsForParent"}
    ),
    "application-autoscaling": frozenset({"DescribeScalableTargets", "DescribeScalingPolicies"}),
    "cloudtrail": frozenset({"LookupEvents"}),
    "codedeploy": frozenset(
        [
            "BatchGetDeploymentGroups",
            "BatchGetDeployments",
            "GetDeployment",
            "GetDeploymentGroup",
            "ListApplications",
            "ListDeploymentGroups",
            "ListDeployments",
        ]
    ),
    "servicequotas": frozenset({"GetServiceQuota", "ListServiceQuotas"}),
    "ec2": frozenset({"DescribeRegions"}),
}


def is_write(request: Request) -> bool:
    """Whether the call may change something; of REST services every GET and HEAD is a read."""
    if request.operation.startswith(("GET ", "HEAD ")):
        return False
    return request.operation not in READS.get(request.service, frozenset())
