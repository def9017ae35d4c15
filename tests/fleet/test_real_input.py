"""Task definitions that nobody here wrote, each run as a service, and enforced over.

Where the corpus is absent, the project's own smaller set runs instead; the ids of the tests say
which.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

import pytest

from controller.core.document.digest import plain
from controller.core.refs import ServiceRef
from controller.core.service.registration import OUTPUT_ONLY, registrable
from tests.corpus import Specimen, corpus, task_definitions
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome
from tests.fleet.given import Json, destination, policy

SOURCE: Final = "our own set, for there is no corpus" if corpus() is None else "the corpus"
PARTS: Final = 1 if corpus() is None else 4
IN_CI: Final = 1
EVERY_PART = pytest.mark.parametrize(
    "part",
    [
        pytest.param(part, marks=[] if part < IN_CI else [pytest.mark.slow], id=f"{SOURCE}, {part}")
        for part in range(PARTS)
    ],
)
BRISK: Final = policy(
    destinations=[destination(group="/ecs/{cluster}")],
    rollout={"maxConcurrent": {"total": 50}, "bakeTime": "10s"},
)
READS: Final = frozenset(
    {
        "DescribeClusters",
        "DescribeLogGroups",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions",
        "DescribeServices",
        "DescribeTaskDefinition",
        "DescribeTasks",
        "GetCallerIdentity",
        "GetTaskProtection",
        "ListAccountSettings",
        "ListClusters",
        "ListServiceDeployments",
        "ListServices",
        "ListTasks",
        "ListTagsForResource",
        "ListTaskDefinitions",
    }
)


class RealFleet:
    """A service for each specimen that ECS takes, and what ECS says to the others.

    `specimens` names what each service runs, `bases` holds it as it was before the controller came.
    """

    def __init__(self, aws: Aws, specimens: Sequence[Specimen]) -> None:
        self.specimens: dict[ServiceRef, str] = {}
        self.bases: dict[ServiceRef, Json] = {}
        self.refused: dict[str, str] = {}
        for number, specimen in enumerate(specimens):
            # A service and a family of its own: many specimens have the same names.
            name = f"specimen-{number}"
            body = plain(registrable(specimen.document))
            try:
                ref = aws.runs(name, {**copied(body), "family": name})
            except ValueError as refusal:
                self.refused[specimen.name] = str(refusal)
            else:
                self.specimens[ref] = specimen.name
                self.bases[ref] = copied(aws.running(ref))


def copied(document: object) -> Json:
    """Return a copy of a JSON object, its members in their order."""
    copy: Json = json.loads(json.dumps(document))
    return copy


def without_logging(document: Json) -> str:
    """Return what a policy for logging may not touch, byte for byte."""
    bare = {key: value for key, value in document.items() if key not in OUTPUT_ONLY}
    bare["containerDefinitions"] = [
        {key: value for key, value in one.items() if key != "logConfiguration"}
        for one in document["containerDefinitions"]
    ]
    return json.dumps(bare, ensure_ascii=False)


@EVERY_PART
async def test_every_service_becomes_compliant_or_says_why_not_and_nothing_else_changes(
    aws: Aws, controller: Controller, part: int, record_property: Callable[[str, object], None]
) -> None:
    fleet = RealFleet(aws, task_definitions()[part::PARTS])
    record_property("refused by ECS", fleet.refused)
    assert all("ClientException" in why for why in fleet.refused.values())
    assert len(fleet.refused) < len(fleet.specimens) / 4
    controller.policies = BRISK

    report = await controller.settles()

    assert report.gaps == ()
    for ref, specimen in fleet.specimens.items():
        one = outcome(report, ref)
        assert is_compliant(report, ref) or (one.findings and one.reason), (specimen, one)
        assert without_logging(aws.running(ref)) == without_logging(fleet.bases[ref]), specimen
    rolled = {ref for ref in fleet.specimens if aws.revision(ref) > 1}
    assert len(rolled) > len(fleet.specimens) / 4
    left = [finding for ref in rolled for finding in outcome(report, ref).findings]
    assert not any(finding.fixable for finding in left)
    assert len(aws.writes("UpdateService")) == len(rolled)

    aws.forgets_requests()
    await controller.settles()
    assert {one.operation for one in aws.calls()} <= READS
    assert len(aws.calls("DescribeServices")) >= len(fleet.specimens) / 10
