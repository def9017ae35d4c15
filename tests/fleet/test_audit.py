"""Audit looks, and cannot write: not by mistake, and not by type."""

from __future__ import annotations

import gc

from controller.aws.ecs_writer import AwsEcsWriter
from controller.aws.logs_writer import AwsLogsWriter
from controller.aws.state_writer import AwsStateWriter
from controller.core.move import Register
from controller.core.outcome import Outcome
from controller.core.reason import Sync
from controller.sandbox import THROTTLE
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import outcome, reason
from tests.fleet.given import policy, task_definition


def writers() -> int:
    """Return how many writers there are in this process."""
    gc.collect()  # those of earlier tests are gone
    kinds = AwsEcsWriter | AwsLogsWriter | AwsStateWriter
    return sum(isinstance(one, kinds) for one in gc.get_objects())


class Witness:
    """Counts the writers that there are when the first Outcome is told."""

    def __init__(self) -> None:
        self.writers: int | None = None

    def __call__(self, told: Outcome) -> None:
        if self.writers is None:
            self.writers = writers()


async def test_an_audit_of_the_whole_fleet_writes_nothing(aws: Aws, controller: Controller) -> None:
    fleet = seed(aws.sandbox)

    report = await controller.audits()

    assert len([one for one in report.outcomes if one.ref.arn in fleet.services.values()]) == 40
    assert aws.writes() == []
    assert aws.remembered() == []


async def test_an_audit_constructs_no_writer(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    witness = controller.tell = Witness()

    await controller.audits()
    assert witness.writers == 0


async def test_a_process_that_enforces_constructs_one_for_each_port(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    witness = controller.tell = Witness()

    await controller.settles()
    assert witness.writers == 3


async def test_an_audit_shows_what_would_be_written(aws: Aws, controller: Controller) -> None:
    web = aws.runs("web")

    audited = outcome(await controller.audits(), web)
    assert (audited.sync, audited.reason and audited.reason.code) == (Sync.DRIFTED, "AuditOnly")
    assert audited.proposal is not None

    await controller.settles()
    moved = next(one for one in controller.told if isinstance(one.move, Register))
    assert moved.proposal == audited.proposal


async def test_a_policy_in_audit_holds_a_process_that_enforces(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.policies = policy(mode="Audit")

    report = await controller.settles()
    assert reason(report, web) == "AuditOnly"
    assert outcome(report, web).findings
    assert aws.writes() == []
    assert aws.remembered() == []


async def test_an_audit_tells_all_that_enforcement_would_wait_for(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.tags(web.arn).append({"key": "aws:cloudformation:stack-name", "value": "shop"})
    aws.registers(task_definition("web"))
    aws.runs("lone", task_definition("lone"))

    report = await controller.audits()

    codes = [one.code for one in outcome(report, web).held_by]
    assert codes[0] == "OwnedElsewhere"
    assert "FamilyAhead" in codes
    assert "AuditOnly" not in codes


async def test_of_a_service_that_nothing_else_holds_an_audit_says_that_it_does_not_enforce(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)

    report = await controller.audits()

    assert [one.code for one in outcome(report, web).held_by] == ["AuditOnly"]
    assert outcome(report, web).awaits_consent


async def test_gates_that_cannot_be_asked_leave_an_audit_incomplete(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    aws.sandbox.tags(web.arn).append({"key": "aws:cloudformation:stack-name", "value": "shop"})
    aws.sandbox.plan("ListServiceDeployments", *[THROTTLE] * 50)

    report = await controller.audits()

    assert report.incomplete
