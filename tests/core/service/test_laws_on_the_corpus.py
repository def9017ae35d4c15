"""The laws of judging and mending, over every task definition that is to be found."""

from __future__ import annotations

import pytest

from controller.core.document.json import Document
from controller.core.document.patch import json_patch
from controller.core.policy.model import LoggingPolicy
from tests.core.document.rfc6902 import applied
from tests.core.service.given import destination, judged, policy
from tests.core.service.laws import is_conservative, is_idempotent, is_stable
from tests.corpus import EVERY_TASK_DEFINITION, task_definitions

SPLUNK = {"driver": "splunk", "secret_options": ("splunk-token",)}
POLICIES = [
    policy(),
    policy(destinations=(destination(mode="blocking"),)),
    policy(
        destinations=(
            destination(max_buffer_size="25m", keep=("group", "region", "streamPrefix")),
        ),
        accept=(SPLUNK, {"driver": "awsfirelens"}),
        containers={"exclude": ({"images": ("*envoy*",)},)},
    ),
]
EVERY_POLICY = pytest.mark.parametrize("by", POLICIES, ids=["strict", "blocking", "lenient"])


def test_there_are_task_definitions() -> None:
    assert len(task_definitions()) >= 12


@EVERY_POLICY
@EVERY_TASK_DEFINITION
def test_every_law_holds(document: Document, by: LoggingPolicy) -> None:
    is_idempotent(document, by, "non-blocking")
    is_conservative(document, by, "non-blocking")
    is_stable(document, by, "non-blocking")


@EVERY_TASK_DEFINITION
def test_the_patch_makes_the_corrected_document(document: Document) -> None:
    verdict = judged(document, POLICIES[0])

    operations = json_patch(document, verdict.judgement.edits)
    assert applied(document, operations) == verdict.proposed


@EVERY_TASK_DEFINITION
def test_strictly_judged_every_container_logs_by_awslogs_afterwards_or_is_told(
    document: Document,
) -> None:
    verdict = judged(document, POLICIES[0])

    told = {one.container for one in verdict.judgement.findings if not one.fixable}
    listed = verdict.proposed["containerDefinitions"]
    assert isinstance(listed, list)
    for one in listed:
        logs = one.get("logConfiguration", {})
        assert logs.get("logDriver") == "awslogs" or one["name"] in told
