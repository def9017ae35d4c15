"""AWS at its worst: slow down, no answer, half an answer, no permission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from controller.core.reason import Sync
from controller.errors import RetryError
from controller.sandbox import (
    LOST_ANSWER,
    LOST_ANSWER_RESET,
    RESET,
    SERVER_ERROR,
    THROTTLE,
    TRUNCATED,
    UNAVAILABLE,
    Fault,
    Request,
    latency,
)
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import awslogs, container, task_definition

FAULTS = {
    "throttled": THROTTLE,
    "500": SERVER_ERROR,
    "503 of a load balancer": UNAVAILABLE,
    "reset": RESET,
    "answer lost": LOST_ANSWER,
    "answer reset": LOST_ANSWER_RESET,
    "answer cut": TRUNCATED,
    "no answer in time": latency(60.0),
}
EVERY_FAULT = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


def befalls(
    fault: Fault, which: Callable[[Request, int], bool]
) -> Callable[[Request], Fault | None]:
    """Return a hook that lets *fault* befall calls of the controller.

    *which* is told the call, and how often its operation has been called before.
    """
    before: Counter[str] = Counter()

    def hook(request: Request) -> Fault | None:
        if request.caller != OURS:
            return None
        before[request.operation] += 1
        return fault if which(request, before[request.operation] - 1) else None

    return hook


@EVERY_FAULT
async def test_each_operation_may_fail_once_and_all_is_done_once(
    aws: Aws, controller: Controller, fault: Fault
) -> None:
    web = aws.runs("web")
    aws.sandbox.fault = befalls(fault, lambda _, before: before == 0)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert [one["revision"] for one in aws.family("web")] == [1, 2]
    assert len(aws.service(web).history) == 2


async def test_throttling_all_over_is_waited_out(aws: Aws, controller: Controller) -> None:
    services = [aws.runs(f"web-{number}") for number in range(4)]
    aws.sandbox.fault = befalls(THROTTLE, lambda _, before: before % 3 != 2)

    report = await controller.settles()

    assert all(is_compliant(report, ref) for ref in services)
    assert len(aws.family("web-0")) == 2


@pytest.mark.parametrize("fault", [LOST_ANSWER, LOST_ANSWER_RESET, TRUNCATED])
async def test_a_lost_answer_to_a_registration_makes_no_second_revision(
    aws: Aws, controller: Controller, fault: Fault
) -> None:
    web = aws.runs("web")
    aws.sandbox.plan("RegisterTaskDefinition", fault)

    report = await controller.settles()

    assert is_compliant(report, web)
    assert len(aws.writes("RegisterTaskDefinition")) == 1
    assert aws.rolled() == ["web:2"]


async def test_half_a_list_of_services_is_not_an_empty_fleet(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.fault = befalls(TRUNCATED, lambda request, _: request.operation == "ListServices")

    with pytest.raises(RetryError):
        await controller.settles()

    assert aws.writes() == []


async def test_a_service_that_fails_to_be_described_is_a_gap_and_the_others_are_rolled(
    aws: Aws, controller: Controller
) -> None:
    broken, web = aws.runs("broken"), aws.runs("web")
    aws.sandbox.fault = befalls(
        SERVER_ERROR,
        lambda request, _: "broken" in str((request.body or {}).get("taskDefinition")),
    )

    report = await controller.settles()

    assert report.incomplete
    assert [one for one in report.gaps if str(broken) in one]
    assert is_compliant(report, web)


async def test_a_service_that_can_no_longer_be_described_in_a_roll_is_given_up(
    aws: Aws, controller: Controller
) -> None:
    web, api = aws.runs("web"), aws.runs("api")
    aws.sandbox.fault = befalls(
        SERVER_ERROR,
        lambda request, _: (
            str((request.body or {}).get("taskDefinition")).endswith("/web:2")
            and request.operation == "DescribeTaskDefinition"
        ),
    )

    report = await controller.settles()

    assert [one for one in report.gaps if str(web) in one]
    assert is_compliant(report, api)
    aws.sandbox.fault = None
    assert is_compliant(await controller.settles(), web)
    assert len(aws.writes("RegisterTaskDefinition")) == 2


async def test_nobody_is_rolled_while_most_of_the_fleet_fails_to_be_described(
    aws: Aws, controller: Controller
) -> None:
    for number in range(5):
        aws.runs(f"web-{number}")
    aws.sandbox.fault = befalls(
        SERVER_ERROR,
        lambda request, _: (
            not str((request.body or {}).get("taskDefinition")).endswith("web-0:1")
            and request.operation == "DescribeTaskDefinition"
        ),
    )

    report = await controller.settles()

    assert len(report.gaps) == 4
    assert aws.writes() == []


@pytest.mark.parametrize("operation", ["ListServices", "DescribeServices"])
async def test_one_cluster_that_is_denied_does_not_stop_the_rest(
    aws: Aws, controller: Controller, operation: str
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-two")
    hidden, web = aws.runs("hidden", cluster="prod-two"), aws.runs("web")
    aws.sandbox.deny(operation, cluster="prod-two")

    report = await controller.settles()

    assert report.incomplete
    assert is_compliant(report, web)
    assert aws.revision(hidden) == 1
    told = str(report.gaps) + str([one.reason for one in report.outcomes])
    assert "AccessDenied" in told


@pytest.mark.parametrize(
    "operation", ["RegisterTaskDefinition", "UpdateService", "CreateLogGroup", "PutRetentionPolicy"]
)
async def test_a_write_that_is_denied_is_told_and_not_insisted_upon(
    aws: Aws, controller: Controller, operation: str
) -> None:
    aws.runs("web")
    aws.sandbox.deny(operation)

    await controller.settles()

    codes = [one.reason.code for one in controller.told if one.reason is not None]
    assert "AccessDenied" in codes
    assert 1 <= len(aws.writes(operation)) <= 2
    assert operation in aws.written()


async def test_a_revision_that_may_not_be_rolled_does_not_stay_the_latest_of_its_family(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny("UpdateService")

    report = await controller.settles()

    assert reason(report, web) == "RefusedByAws"
    assert [one["status"] for one in aws.family("web")] == ["ACTIVE", "INACTIVE"]


@pytest.mark.parametrize(
    "operation",
    [
        "DescribeTaskDefinition",
        "ListTaskDefinitions",
        "ListServiceDeployments",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions",
        "DescribeLogGroups",
    ],
)
async def test_what_may_not_be_read_forbids_the_roll(
    aws: Aws, controller: Controller, operation: str
) -> None:
    web = aws.runs("web")
    aws.sandbox.deny(operation)

    report = await controller.settles()

    assert reason(report, web) == "AccessDenied"
    assert aws.rolled() == []
    assert aws.writes("RegisterTaskDefinition") == []


async def test_a_default_that_may_not_be_read_is_unknown_and_forbids_the_roll(
    aws: Aws, controller: Controller
) -> None:
    logging = awslogs("/ecs/web")
    del logging["options"]["mode"]
    web = aws.runs("web", task_definition("web", container(logging=logging), container("nolog")))
    aws.sandbox.deny("ListAccountSettings")

    report = await controller.settles()

    assert outcome(report, web).sync is Sync.DRIFTED
    assert reason(report, web) == "Unknown"
    assert aws.rolled() == []
