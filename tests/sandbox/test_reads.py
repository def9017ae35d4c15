"""The closed list of reads names operations that exist, and nothing that writes."""

from __future__ import annotations

import pytest

from controller.sandbox.ecs import OPERATIONS
from controller.sandbox.reads import READS, is_write
from controller.sandbox.request import Request
from tests.sandbox.model import service_model

MODEL_OF = {
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "tagging": "resourcegroupstaggingapi",
}
NAMES_OF_WRITES = ("Create", "Delete", "Put", "Register", "Deregister", "Tag", "Untag", "Update")


def request(service: str, operation: str) -> Request:
    return Request(service, operation, None, "123456789012", "us-east-1", "arn")


@pytest.mark.parametrize("service", READS)
def test_every_read_is_an_operation_of_its_service(service: str) -> None:
    known = set(service_model(MODEL_OF.get(service, service)).operation_names)
    assert READS[service] <= known


def test_what_is_simulated_is_a_read_or_has_the_name_of_a_write() -> None:
    for operation in OPERATIONS:
        named = operation.startswith((*NAMES_OF_WRITES, "Continue", "Stop"))
        assert is_write(request("ecs", operation)) == named


def test_a_call_that_nobody_thought_of_is_a_write() -> None:
    assert is_write(request("ecs", "ExecuteCommand"))
    assert is_write(request("brand-new", "DescribeEverything"))
    assert is_write(request("s3", "PUT /policies/a.yaml"))
    assert not is_write(request("s3", "GET /policies/a.yaml"))
