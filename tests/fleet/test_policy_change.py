"""What `policy impact` says beforehand is what the controller does when the policies change."""

from __future__ import annotations

from pathlib import Path

from controller.app.compared import impact_offline
from controller.app.impact import impact
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_impact.model import Difference, Impact, Pair
from controller.report.markdown import policy_impact as markdown
from controller.report.page import Page
from controller.report.policy_impact import text
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.expect import outcome, reason
from tests.fleet.given import compliant, destination, policy, task_definition
from tests.fleet.test_offline import saved
from tests.virtual_time import VirtualClock

FIRST = policy()
NOTHING = PolicySet.of(())
MORE_BUFFER = policy(destinations=[destination(maxBufferSize="25m")])


async def impact_of(controller: Controller, old: PolicySet, new: PolicySet) -> Impact:
    """Return what *new* in place of *old* would change of the fleet as it is now."""
    return await impact(
        controller.settings,
        Pair(old, new),
        controller.tell,
        clock=VirtualClock(),
        open_session=controller.session,
    )


async def test_the_first_policy_changes_what_drifts_and_nothing_is_written(
    aws: Aws, controller: Controller
) -> None:
    web, _ = aws.runs("web"), aws.runs("api", compliant("api"))

    found = await impact_of(controller, NOTHING, FIRST)

    assert [one.ref for one in found.new_writes] == [web]
    assert found.counts["governed services"] == Pair(0, 2)
    assert (found.held, aws.writes(), aws.remembered()) == (None, [], [])


async def test_what_it_says_of_max_impact_is_what_the_controller_says_then(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{at}", compliant(f"web-{at}")) for at in range(10)]
    await controller.settles()

    found = await impact_of(controller, FIRST, MORE_BUFFER)
    controller.policies = MORE_BUFFER
    report = await controller.settles()

    assert len(found.new_writes) == 10
    assert found.held is not None
    assert found.held == outcome(report, aws.cluster("prod")).reason
    assert {reason(report, ref) for ref in services} == {"PolicyImpact"}


async def test_a_change_that_max_impact_lets_through_rolls_just_what_was_said(
    aws: Aws, controller: Controller
) -> None:
    services = [aws.runs(f"web-{at}", compliant(f"web-{at}")) for at in range(10)]
    await controller.settles()
    aws.releases(services[0], task_definition("web-0"))
    aws.sandbox.tick(6)

    found = await impact_of(controller, policy(mode="Audit"), FIRST)
    await controller.settles()

    assert [one.ref for one in found.new_writes] == [services[0]]
    assert aws.rolled() == ["web-0:3"]


async def test_where_containers_would_log_is_told_for_both(
    aws: Aws, controller: Controller
) -> None:
    logging = {"logDriver": "json-file"}
    document = compliant("web")
    document["containerDefinitions"][0]["logConfiguration"] = logging
    web = aws.runs("web", document)
    name = document["containerDefinitions"][0]["name"]

    found = await impact_of(controller, NOTHING, FIRST)

    (target,) = (one for one in found.targets if one.ref == web)
    assert target.differences == (Difference(name, "json-file", "awslogs /ecs/web"),)


async def test_both_sets_judge_the_fleet_of_one_moment_which_is_read_once(
    aws: Aws, controller: Controller
) -> None:
    seed(aws.sandbox)
    await controller.audits()
    once = len(aws.calls())
    aws.forgets_requests()

    found = await impact_of(controller, FIRST, policy(logGroup={"create": True}))

    assert len(found.targets) > 40
    assert len(aws.calls()) <= once


async def test_no_environment_value_is_told(aws: Aws, controller: Controller) -> None:
    fleet = seed(aws.sandbox)

    found = await impact_of(controller, NOTHING, FIRST)

    told = (markdown.render(found), text.render(found, Page()), repr(found))
    assert [one for one in fleet.canaries() if one in "".join(told)] == []


async def test_a_saved_fleet_tells_the_same_as_aws(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    seed(aws.sandbox)
    live = await impact_of(controller, FIRST, MORE_BUFFER)
    inventory = await saved(controller, tmp_path, FIRST)

    offline = await impact_offline(
        inventory, controller.settings, Pair(FIRST, MORE_BUFFER), controller.tell
    )

    assert offline.counts == live.counts
    assert [one.ref for one in offline.affected] == [one.ref for one in live.affected]
    assert (offline.measure, offline.held) == (live.measure, live.held)


async def test_what_may_not_be_read_makes_it_incomplete(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    assert not (await impact_of(controller, NOTHING, FIRST)).incomplete
    aws.sandbox.deny("DescribeTaskDefinition")

    assert (await impact_of(controller, NOTHING, FIRST)).incomplete
