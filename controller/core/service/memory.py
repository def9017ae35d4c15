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
        "The roll has completed, and since when.",
        "DescribeServices: rolloutState; DescribeServiceDeployments: finishedAt",
    ),
    Memory(
        "The deployment is the one that we started.",
        "ListServiceDeployments: it is the only one to our revision",
    ),
    Memory(
        "A patch failed on this service.",
        "the tag ecs-logging/failed-<service> of our revision; ListServiceDeployments and "
        "DescribeServiceRevisions",
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
        "A log group is ours, and its retention is still to be set.",
        "ListTagsForResource: ecs-logging/managed-by; DescribeLogGroups: no retentionInDays, and "
        "creationTime less than the retention ago",
    ),
)
