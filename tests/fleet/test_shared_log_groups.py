"""A log group is not changed behind the back of one who uses it and has no say in it now."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.policy.policy_set import PolicySet
from controller.core.refs import LogGroupRef, ServiceRef
from controller.sandbox import Request
from controller.sandbox.faults import Fault, access_denied
from tests.fleet.aws import OURS, Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import is_compliant, outcome, reason
from tests.fleet.given import (
    ACCOUNT,
    REGION,
    Json,
    awslogs,
    container,
    destination,
    policies,
    spec,
    task_definition,
)

GROUP = LogGroupRef(ACCOUNT, REGION, "aws", "/shared")
OUT = {"ecs-logging/mode": "Disabled", "ecs-logging/exempt-until": "2027-01-01"}


def pci(**members: Any) -> Json:
    """Return a policy for the service `pci`, whose events are kept for a year."""
    stated = {"match": [{"services": ["pci"]}], "logGroup": {"retentionInDays": 365}}
    return spec(priority=10, **(stated | members))


DEV = spec(match=[{"services": ["dev"]}], allow={"shorterRetention": True})
BY_TAG = [{"services": ["pci"], "tags": {"matchLabels": {"tier": "pci"}}}]
UNDECIDED = policies(pci=pci(match=BY_TAG), dev=DEV)
CONTESTED = policies(
    pci=pci(match=[{"services": ["p*"]}]), also=pci(match=[{"services": ["*i"]}]), dev=DEV
)
TAKEN_OUT = policies(pci=pci(), dev=DEV)
UNGOVERNED = policies(dev=DEV)
SWITCHED_OFF = policies(pci=pci(mode="Disabled"), dev=DEV)
EXCLUDED = policies(pci=pci(containers={"exclude": [{"names": ["app"]}]}), dev=DEV)

MAY_HAVE_A_SAY = [
    pytest.param(UNDECIDED, id="who governs it is not known"),
    pytest.param(CONTESTED, id="two govern it"),
    pytest.param(TAKEN_OUT, id="its owner took it out"),
]
HAS_NO_SAY = [
    pytest.param(UNGOVERNED, id="nobody governs it"),
    pytest.param(SWITCHED_OFF, id="its policy is disabled"),
    pytest.param(EXCLUDED, id="its container is excluded"),
]


def runs(aws: Aws, name: str, tags: dict[str, str] | None = None) -> ServiceRef:
    """Return a service that logs to the shared group."""
    document = task_definition(name, container(logging=awslogs(GROUP.name)))
    listed = [{"key": key, "value": one} for key, one in (tags or {}).items()]
    return aws.runs(name, document, tags=listed)


def both_run(aws: Aws, controller: Controller, by: PolicySet) -> None:
    """Let `pci` and `dev` log to one group, governed by these policies."""
    if by is UNDECIDED:
        aws.sandbox.fault = no_tags_of_pci
    runs(aws, "pci", OUT if by is TAKEN_OUT else {"tier": "pci"})
    runs(aws, "dev")
    controller.policies = by


def no_tags_of_pci(request: Request) -> Fault | None:
    body = request.body or {}
    asks = "TAGS" in body.get("include", []) and "pci" in body.get("services", [])
    return access_denied(request) if request.caller == OURS and asks else None


def days(aws: Aws) -> int | None:
    """Return the retention of the shared group."""
    shown = aws.log_group(GROUP.name)
    assert shown is not None
    return shown.get("retentionInDays")


@pytest.mark.parametrize("by", [*MAY_HAVE_A_SAY, *HAS_NO_SAY])
async def test_nobody_shortens_the_retention_of_one_who_did_not_ask_for_it(
    aws: Aws, controller: Controller, by: PolicySet
) -> None:
    aws.makes_log_group(GROUP.name, days=365)
    both_run(aws, controller, by)

    report = await controller.settles()

    assert days(aws) == 365
    assert reason(report, GROUP) == "ShorterRetention"
    [finding] = outcome(report, GROUP).findings
    assert "also of containers for which nobody asks that" in finding.message


@pytest.mark.parametrize("by", MAY_HAVE_A_SAY)
@pytest.mark.parametrize("there", [True, False], ids=["lengthened", "made"])
async def test_a_group_of_one_who_may_have_a_say_is_left_as_it_is(
    aws: Aws, controller: Controller, by: PolicySet, *, there: bool
) -> None:
    if there:
        aws.makes_log_group(GROUP.name, days=7)
    both_run(aws, controller, by)

    report = await controller.settles()

    assert reason(report, GROUP) == ("OwnerTag" if by is TAKEN_OUT else "ClaimerUndecided")
    assert aws.writes() == []


@pytest.mark.parametrize("by", HAS_NO_SAY)
@pytest.mark.parametrize("there", [True, False], ids=["lengthened", "made"])
async def test_who_has_no_say_does_not_keep_a_group_from_being_managed(
    aws: Aws, controller: Controller, by: PolicySet, *, there: bool
) -> None:
    if there:
        aws.makes_log_group(GROUP.name, days=7)
    both_run(aws, controller, by)

    report = await controller.settles()

    assert is_compliant(report, GROUP)
    assert days(aws) == 30


@pytest.mark.parametrize("by", [UNGOVERNED, TAKEN_OUT], ids=["ungoverned", "taken out"])
async def test_a_group_of_which_nobody_asks_anything_is_not_looked_at(
    aws: Aws, controller: Controller, by: PolicySet
) -> None:
    runs(aws, "pci", OUT)
    controller.policies = by

    report = await controller.settles()

    assert GROUP not in {one.ref for one in report.outcomes}
    assert aws.calls("DescribeLogGroups") == []


async def test_a_group_is_managed_once_it_is_known_that_its_other_user_has_no_say(
    aws: Aws, controller: Controller
) -> None:
    aws.makes_log_group(GROUP.name, days=7)
    runs(aws, "pci", {"tier": "none"})
    runs(aws, "dev")
    controller.policies = UNDECIDED
    aws.sandbox.fault = no_tags_of_pci
    assert reason(await controller.settles(), GROUP) == "ClaimerUndecided"

    aws.sandbox.fault = lambda _: None
    assert is_compliant(await controller.settles(), GROUP)
    assert days(aws) == 30


async def test_a_service_that_its_owner_took_out_still_meets_others_by_its_name(
    aws: Aws, controller: Controller
) -> None:
    template = [destination(group="/ecs/{cluster}-{service}") | {"keep": []}]
    aws.call("ecs", "CreateCluster", clusterName="prod-a")
    named = task_definition("a-web", container(logging=awslogs("/ecs/prod-a-web")))
    tags = [{"key": key, "value": one} for key, one in OUT.items()]
    aws.runs("a-web", named, tags=tags)
    web = aws.runs("web", cluster="prod-a")
    controller.policies = policies(production=spec(destinations=template))

    report = await controller.settles()

    assert reason(report, web) == "NameCollision"
    assert aws.rolled() == []
