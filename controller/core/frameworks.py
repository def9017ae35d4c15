"""Controls of known frameworks, by the ids under which people look for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a framework. `asks` is what it wants, `differs` how our rules are not it."""

    id: str
    framework: str
    asks: str
    differs: str
    url: str


CONTROLS: Final = (
    Control(
        id="ECS.9",
        framework="AWS Security Hub",
        asks="Every container of a task definition has a log configuration.",
        differs="Security Hub looks at the newest ACTIVE revision of each family; we look at the "
        "revision that each service runs, and ask where it logs, too.",
        url="https://docs.aws.amazon.com/config/latest/developerguide/"
        "ecs-task-definition-log-configuration.html",
    ),
    Control(
        id="ECS.12",
        framework="AWS Security Hub",
        asks="Clusters use Container Insights.",
        differs="That is metrics of a cluster, not the logging of a service.",
        url="https://docs.aws.amazon.com/config/latest/developerguide/"
        "ecs-container-insights-enabled.html",
    ),
    Control(
        id="CloudWatch.16",
        framework="AWS Security Hub",
        asks="Log groups keep their events for a least time, 365 days unless told otherwise.",
        differs="Security Hub passes a group that keeps its events for ever; ours wants the number "
        "of the policy, and looks only at groups to which governed services log.",
        url="https://docs.aws.amazon.com/config/latest/developerguide/"
        "cw-loggroup-retention-period-check.html",
    ),
    Control(
        id="CT.ECS.PR.5",
        framework="AWS Control Tower",
        asks="A task definition in CloudFormation has a log configuration for its containers.",
        differs="Control Tower refuses the stack; `check` tells it before, of task definitions in "
        "files.",
        url="https://docs.aws.amazon.com/controltower/latest/controlreference/ecs-rules.html",
    ),
    Control(
        id="AwsSolutions-ECS7",
        framework="cdk-nag",
        asks="Every container has a log driver.",
        differs="cdk-nag looks at the CDK's source; we look at what runs, and ask where it logs.",
        url="https://github.com/cdklabs/cdk-nag/blob/main/RULES.md",
    ),
)
"""ECS.9 rests on the Config rule ECS_TASK_DEFINITION_LOG_CONFIGURATION, CloudWatch.16 on
CW_LOGGROUP_RETENTION_PERIOD_CHECK; their pages are AWS's own."""
