"""A fleet that was saved is judged as it would have been judged in AWS at that moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from controller.app.offline import open_inventory, survey_offline
from controller.app.save import save
from controller.core.inventory_file.model import InventoryFile
from controller.core.inventory_file.text import text_of
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.reason import Sync
from controller.core.report import Report
from controller.errors import UsageError
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import outcome, reason
from tests.fleet.given import (
    awslogs,
    compliant,
    container,
    destination,
    policy,
    task_definition,
)
from tests.virtual_time import VirtualClock


async def saved(
    controller: Controller, folder: Path, policies: PolicySet | None = None
) -> InventoryFile:
    """Save the fleet as it is to a file, and return what was read back."""
    path = folder / "fleet.json"
    taken = await save(
        controller.settings, policies, clock=VirtualClock(), open_session=controller.session
    )
    path.write_text(text_of(taken), encoding="utf-8")
    opened = open_inventory(path)
    assert isinstance(opened, InventoryFile), opened
    return opened


async def audited(controller: Controller, inventory: InventoryFile) -> Report:
    """Audit a saved fleet."""
    settings = replace(controller.settings, regions=())
    return await survey_offline(inventory, settings, controller.policies, controller.tell)


def told(report: Report) -> list[tuple[object, ...]]:
    """Return all that a report says of each target; a change is known by other digests offline."""
    return [(replace(one, proposal=None), shown(one)) for one in report.outcomes]


def shown(one: Outcome) -> object:
    """Return what a person is shown of the changes to a target."""
    plan = one.proposal
    return None if plan is None else (plan.lines, plan.patch, plan.held)


async def test_the_seeded_fleet_is_judged_offline_as_in_aws(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    seed(aws.sandbox)
    live = await controller.audits()

    offline = await audited(controller, await saved(controller, tmp_path, controller.policies))

    assert len(live.outcomes) > 40
    assert told(offline) == told(live)
    assert (offline.gaps, offline.counts) == (live.gaps, live.counts)
    assert aws.writes() == []


async def test_a_fleet_that_was_corrected_and_failed_in_part_is_judged_offline_as_in_aws(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    seed(aws.sandbox)
    await controller.settles()
    live = await controller.audits()

    offline = await audited(controller, await saved(controller, tmp_path, controller.policies))

    codes = {one.reason.code for one in live.outcomes if one.reason is not None}
    assert "HeldAfterFailure" in codes
    assert told(offline) == told(live)


async def test_no_question_is_asked_twice_to_save_a_fleet(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    web = aws.runs("web")
    aws.forgets_requests()

    await saved(controller, tmp_path, controller.policies)

    described = [one.body for one in aws.calls("DescribeServices")]
    assert [one["services"] for one in described if one is not None] == [[web.name]]
    assert aws.writes() == []


async def test_a_service_that_drifted_since_is_judged_as_it_was(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    web = aws.runs("web", compliant("web"))
    inventory = await saved(controller, tmp_path, controller.policies)
    aws.releases(web, task_definition("web"))

    assert outcome(await controller.audits(), web).sync is Sync.DRIFTED
    assert outcome(await audited(controller, inventory), web).sync is Sync.COMPLIANT


async def test_another_policy_can_be_tried_on_a_saved_fleet(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    web = aws.runs("web", compliant("web"))
    inventory = await saved(controller, tmp_path)
    controller.policies = policy(destinations=[destination(mode="blocking")])

    findings = outcome(await audited(controller, inventory), web).findings

    assert [one.rule for one in findings] == ["delivery-mode"]


async def test_a_group_that_nobody_looked_at_is_not_saved_and_makes_the_report_incomplete(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    logging = {"logDriver": "json-file"}
    aws.runs("web", task_definition("web", container(logging=logging)))
    controller.policies = policy(mode="Audit")
    without = await saved(controller, tmp_path)
    with_policies = await saved(controller, tmp_path, controller.policies)

    group = next(
        one.ref for one in (await controller.audits()).outcomes if one.ref.name == "/ecs/web"
    )

    report = await audited(controller, without)
    assert (reason(report, group), report.incomplete) == ("NotSaved", True)
    assert not (await audited(controller, with_policies)).incomplete


async def test_options_that_are_not_public_are_unknown_to_who_asks_for_their_value(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    logging = {"logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com"}}
    web = aws.runs("web", task_definition("web", container(logging=logging)))
    shape = {"driver": "splunk", "options": {"splunk-url": "https://splunk.*"}}
    controller.policies = policy(accept=[shape])
    inventory = await saved(controller, tmp_path, controller.policies)

    assert outcome(await controller.audits(), web).sync is Sync.COMPLIANT
    assert outcome(await audited(controller, inventory), web).sync is Sync.UNKNOWN


async def test_what_was_taken_of_one_cluster_speaks_of_that_one(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-b")
    web, _ = aws.runs("web"), aws.runs("api", cluster="prod-b")
    controller.looks_at("prod")
    inventory = await saved(controller, tmp_path)
    controller.looks_at()

    report = await audited(controller, inventory)
    assert web in {one.ref for one in report.outcomes}
    assert "api" not in {one.ref.name for one in report.outcomes}
    controller.looks_at("prod-b")
    assert "NotSaved" in " ".join((await audited(controller, inventory)).gaps)


async def test_a_region_that_the_inventory_does_not_cover_is_an_error_of_usage(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    inventory = await saved(controller, tmp_path)
    settings = replace(controller.settings, regions=("eu-west-1",))

    with pytest.raises(UsageError, match="does not cover eu-west-1"):
        await survey_offline(inventory, settings, controller.policies, controller.tell)


async def test_what_may_not_be_read_is_said_offline_as_in_aws(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    aws.runs("web", task_definition("web", container(logging=awslogs("/ecs/web", mode="blocking"))))
    aws.sandbox.deny("DescribeTaskDefinition")
    live = await controller.audits()

    inventory = await saved(controller, tmp_path, controller.policies)

    assert any(not one.observed for one in live.outcomes)
    assert told(await audited(controller, inventory)) == told(live)
    assert {one.code for _, one in inventory.failures} >= {"AccessDeniedException"}
