"""What the installed SDK's model of ECS says of the members that only an answer has [fact 4.1]."""

from __future__ import annotations

import botocore.session
from botocore.model import StructureShape

from controller.core.service.registration import OUTPUT_ONLY


def test_the_members_that_are_dropped_are_those_that_no_registration_takes() -> None:
    ecs = botocore.session.get_session().get_service_model("ecs")
    answer = ecs.operation_model("DescribeTaskDefinition").output_shape
    request = ecs.operation_model("RegisterTaskDefinition").input_shape
    assert answer is not None
    assert request is not None
    definition = answer.members["taskDefinition"]
    assert isinstance(definition, StructureShape)
    described, registered = definition.members, request.members

    assert described.keys() - registered.keys() == OUTPUT_ONLY
    assert registered.keys() - described.keys() == {"tags"}
