"""What the controller remembers of a service, and where in AWS each of it is read back.

There is no other memory: killing the process at any line loses nothing and repeats nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Memory:
    """One remembered fact, and the place in AWS that holds it."""

    fact: str
    read_back_from: str


MEMORY: Final[tuple[Memory, ...]] = (
    Memory(
        "A revision is ours.",
        "DescribeTaskDefinition: the tag ecs-logging/digest recomputes from the document, and "
        "registeredBy is one of our principals",
    ),
    Memory("The revision that ours corrects.", "the tag ecs-logging/base of our revision"),
    Memory(
        "A revision for this base and document is registered already.",
        "ListTaskDefinitions, DescribeTaskDefinition: a revision of ours with the same "
        "ecs-logging/base and ecs-logging/digest",
    ),
    Memory(
        "A roll of ours is going on, and since when.",
        "DescribeServices: the PRIMARY deployment runs a revision of ours; its createdAt",
    ),
    Memory(
        "Since when a roll makes no progress.",
        "DescribeServices and DescribeServiceDeployments: createdAt and updatedAt of the "
        "deployment; DescribeTasks: startedAt of healthy new tasks, stoppedAt of old ones",
    ),
    Memory(
        "The roll has completed, and since when.",
        "DescribeServices: rolloutState; DescribeServiceDeployments: finishedAt",
    ),
    Memory(
        "The deployment is the one that we started.",
        "ListServiceDeployments: it is the only one to our revision",
    ),
    Memory(
        "A patch failed on this service, when, and on which base.",
        "the tags ecs-logging/failed-<service>, ecs-logging/patch and ecs-logging/base of our "
        "revision; ListServiceDeployments, DescribeServiceDeployments and "
        "DescribeServiceRevisions: what was rolled back, stopped, or gone back from",
    ),
    Memory(
        "Somebody undid a roll of ours: who, when, and whether by a release or a revert.",
        "ListServiceDeployments, DescribeServiceDeployments and DescribeServiceRevisions: what "
        "was deployed over ours; DescribeTaskDefinition of what was deployed within 14 days, or "
        "among the newest 12: its logging, and registeredBy",
    ),
    Memory(
        "Somebody undoes the corrections of a service, and no person has approved since.",
        "DescribeClusters: the tag ecs-logging/conflict-<service> of the cluster, and "
        "ecs-logging/approve of the service",
    ),
    Memory(
        "A release over ours is over, and since when.",
        "DescribeServices: rolloutState; DescribeServiceDeployments: finishedAt of the newest",
    ),
    Memory(
        "A person has approved a service, and since when what was before is forgiven.",
        "DescribeServices: the tag ecs-logging/approve of the service",
    ),
    Memory(
        "By which AppSpec CodeDeploy deployed the service.",
        "BatchGetDeployments: the revision of the newest deployment that succeeded",
    ),
    Memory(
        "A deployment of ours by CodeDeploy goes on, or how it ended.",
        "ListDeployments, BatchGetDeployments: the newest names a revision of ours, made from what "
        "the one before it had brought",
    ),
    Memory(
        "How the last rolls of each service ended, and when.",
        "ListServiceDeployments of all services; the mark of a failure on our revision, with its "
        "time",
    ),
    Memory(
        "Under which policies a roll has succeeded, so that others may follow.",
        "DescribeTaskDefinition: the tag ecs-logging/policy-digest of the revision of ours; "
        "ListServiceDeployments: that it succeeded",
    ),
    Memory(
        "How many services were rolled within the day.",
        "DescribeServices and ListServiceDeployments of all services: deployments to revisions "
        "of ours",
    ),
    Memory(
        "Which log drivers have proven themselves on a service.",
        "DescribeTaskDefinition: the tag ecs-logging/new-drivers of the revision of ours that it "
        "was rolled to",
    ),
    Memory(
        "How often a family was registered within the hour.",
        "DescribeTaskDefinition: registeredAt of our newest revisions, ACTIVE and INACTIVE",
    ),
    Memory(
        "Which set of policies was last in force, and how many services it governed.",
        "DescribeClusters: the tag ecs-logging/policy-digest of the cluster",
    ),
    Memory(
        "A person has approved a set of policies.",
        "DescribeClusters: the tag ecs-logging/approved-policy of the cluster",
    ),
    Memory(
        "A person has paused a cluster, and who, and when.",
        "DescribeClusters: the tag ecs-logging/paused of the cluster",
    ),
    Memory(
        "A person has acknowledged the failures that stopped the line, and when.",
        "DescribeClusters: the tag ecs-logging/acknowledged of the cluster",
    ),
    Memory(
        "A person has let a wave of a policy begin, under one set of policies.",
        "DescribeClusters: the tag ecs-logging/approved-wave.<policy> of the cluster",
    ),
    Memory(
        "ECS did not keep a revision as it was sent, and nobody has looked into it.",
        "DescribeClusters: the tag ecs-logging/unknown-member of the cluster",
    ),
    Memory(
        "A log group is ours, and its retention is still to be set.",
        "ListTagsForResource: ecs-logging/managed-by; DescribeLogGroups: no retentionInDays, and "
        "creationTime less than the retention ago",
    ),
)
