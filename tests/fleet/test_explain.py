"""Why a service stands as it does: asked of a fleet as an audit sees it, and as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from controller.app.offline import explain_offline
from controller.core.explained_service import ExplainedService
from controller.core.move import Look, Wait
from controller.core.outcome import Outcome
from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.selector import Selector
from controller.core.policy.why import Place
from controller.core.reason import Sync
from controller.core.refs import ClusterRef, Ref, ServiceRef
from controller.core.service.gates import GATES
from controller.errors import NotSeenError, UsageError
from controller.report.explained_service import structure, table
from controller.report.markdown import explained_service
from controller.report.page import Page
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import Json, compliant, policies, policy, spec, task_definition
from tests.fleet.test_audit import Witness
from tests.fleet.test_offline import saved


def places(explained: ExplainedService) -> dict[str, Place]:
    """Return how each policy came out."""
    assert explained.why is not None
    return {one.name: one.place for one in explained.why.considered}


def held(explained: ExplainedService) -> dict[str, str]:
    """Return the gates that hold, each with the code of its reason, in their order."""
    return {one.gate: one.said.reason.code for one in explained.gates if isinstance(one.said, Wait)}


def shown(explained: ExplainedService) -> str:
    """Return the page."""
    return table.render(explained, Page())


# ── which policy ──────────────────────────────────────────────────────────────────────────────────


async def test_the_policies_that_lost_are_told_with_the_one_that_governs(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    controller.policies = policies(
        high=spec(priority=9, exclude=[{"services": ["w*"]}]),
        own=spec(priority=5),
        low=spec(),
        dev=spec(match=[{"clusters": ["dev"]}]),
    )

    explained = await controller.explains("prod/web")

    assert places(explained) == {
        "high": Place.EXCLUDED,
        "own": Place.GOVERNS,
        "low": Place.OUTRANKED,
        "dev": Place.NO_MATCH,
    }
    assert explained.outcome.policy == "own"
    assert "1 policy does not match. Why not: --all." in shown(explained)
    assert "the cluster does not fit" in table.render(explained, Page(), every=True)


async def test_an_ungoverned_service_is_told_so_and_asked_nothing(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="dev")
    aws.runs("web", cluster="dev")

    explained = await controller.explains("dev/web")

    assert explained.outcome.sync is Sync.UNGOVERNED
    assert (explained.standing, explained.rules, explained.gates) == (None, (), ())
    assert "None is asked: no policy asks anything of the service." in shown(explained)


async def test_a_tie_is_undecided_and_names_both(aws: Aws, controller: Controller) -> None:
    aws.runs("web")
    controller.policies = PolicySet.of(
        one for name in ("a", "b") for one in policies(**{name: spec()}).policies
    )

    explained = await controller.explains("prod/web")

    assert explained.outcome.sync is Sync.UNDECIDED
    assert set(places(explained).values()) == {Place.TIED}
    assert explained.standing is None


# ── how far it goes, and what is found ────────────────────────────────────────────────────────────


async def test_a_compliant_service_is_told_rule_by_rule(aws: Aws, controller: Controller) -> None:
    aws.runs("web", compliant("web"))
    aws.makes_log_group("/ecs/web", days=30)

    explained = await controller.explains("prod/web")

    assert explained.outcome.sync is Sync.COMPLIANT
    assert [(str(one.mode), one.findings) for one in explained.rules] == [("Enforce", ())] * 3
    assert [one.sync for one in explained.log_groups] == [Sync.COMPLIANT]
    assert "It is as its policy says." in shown(explained)
    assert "None is asked: nothing was found." in shown(explained)


async def test_an_exempt_service_is_told_by_whom_why_and_until_when(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    exception = PolicyException(
        name="vendor-image",
        rules=("*",),
        match=(Selector(services=("web",)),),
        reason="as shipped",
        expires=date(2026, 12, 31),
        owner="payments",
        ticket="OPS-7",
    )
    controller.policies = PolicySet.of(policy().policies, [exception])

    explained = await controller.explains("prod/web")

    assert explained.outcome.sync is Sync.EXEMPT
    assert {one.exempt_by for rule in explained.rules for one in rule.findings} == {"vendor-image"}
    page = " ".join(shown(explained).split())
    assert "exception vendor-image Exempt every rule, to the end of 2026-12-31: as shipped" in page
    assert "(payments, OPS-7)" in page
    assert "None is asked: what was found is exempt." in page
    assert explained.gates == ()


async def test_what_caps_a_policy_is_told_with_the_rules_that_it_caps(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    controller.policies = policy(effectiveFrom="2026-03-01")

    explained = await controller.explains("prod/web")

    assert explained.standing is not None
    assert (explained.standing.policy.mode, explained.standing.cap) == ("Enforce", "Audit")
    assert {one.held for one in explained.rules} == {"InGracePeriod"}
    page = " ".join(shown(explained).split())
    assert "policy production Enforce this service Audit InGracePeriod:" in page
    assert "may change at 2026-03-01" in page
    assert "None is asked: no rule in Enforce asks for a change." in page


# ── gates ─────────────────────────────────────────────────────────────────────────────────────────


async def test_every_gate_is_asked_in_order_and_looks_at_what_it_needs(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.makes_log_group("/ecs/web", days=30)

    explained = await controller.explains("prod/web")

    assert [one.gate for one in explained.gates] == [gate.__name__ for gate in GATES]
    assert not any(isinstance(one.said, Look) for one in explained.gates)
    assert held(explained) == {"process_yes": "AuditOnly"}
    assert "Apply would register this as a new revision" in shown(explained)


async def test_a_gate_behind_another_that_holds_is_told_as_well(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web", desired=0)
    aws.registers(task_definition("web"))

    explained = await controller.explains("prod/web")

    assert held(explained) == {
        "scaled_up": "WaitingForScaleUp",
        "family": "FamilyAhead",
        "process_yes": "AuditOnly",
        "log_groups": "LogGroupMissing",
    }


@pytest.mark.parametrize(
    ("members", "gate", "code"),
    [
        ({"deploymentController": {"type": "EXTERNAL"}}, "supported", "UnsupportedController"),
        (
            {"deploymentConfiguration": {"minimumHealthyPercent": 0}},
            "interruption",
            "WouldInterrupt",
        ),
        (
            {"deploymentConfiguration": {"minimumHealthyPercent": 100, "maximumPercent": 100}},
            "interruption",
            "NoRoomToRoll",
        ),
    ],
)
async def test_whichever_gate_holds_is_named_with_its_reason(
    aws: Aws,
    controller: Controller,
    members: Json,
    gate: str,
    code: str,
) -> None:
    aws.makes_log_group("/ecs/web", days=30)
    aws.runs("web", **members)

    explained = await controller.explains("prod/web")

    assert held(explained)[gate] == code
    assert f"holds {gate} {code}: " in " ".join(shown(explained).split())


async def test_the_budget_speaks_of_the_whole_fleet(aws: Aws, controller: Controller) -> None:
    aws.makes_log_group("/ecs/web", days=30)
    aws.makes_log_group("/ecs/other", days=30)
    aws.runs("web")
    aws.runs("other")
    controller.policies = policy(rollout={"maxConcurrent": {"total": 1}})
    async with controller.process() as process:
        await process.looks()
        await process.looks()
    rolling = next(ref for ref in process.services if aws.revision(ref) == 2)
    (waiting,) = process.services - {rolling}

    explained = await controller.explains(f"prod/{waiting.name}")
    assert held(explained)["within_budget"] == "BudgetExhausted"
    assert "this holds it: BudgetExhausted." in shown(explained)


async def test_a_roll_that_goes_on_is_told_and_nothing_else_is_asked(
    aws: Aws, controller: Controller
) -> None:
    aws.makes_log_group("/ecs/web", days=30)
    web = aws.runs("web")
    async with controller.process() as process:
        await process.looks()
        await process.looks()
    assert aws.revision(web) == 2

    explained = await controller.explains("prod/web")

    reason = explained.outcome.reason
    assert reason is not None
    assert reason.code == "RollingOut"
    assert explained.gates == ()
    assert "None is asked: a roll goes on, and is seen to its end first." in shown(explained)


# ── what it is asked of ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "web",
        "prod/web",
        "service/prod/web",
        "arn:aws:ecs:us-east-1:123456789012:service/prod/web",
        "arn:aws:ecs:us-east-1:123456789012:service/web",
    ],
)
async def test_a_service_is_found_by_any_of_its_names(
    aws: Aws, controller: Controller, name: str
) -> None:
    web = aws.runs("web")

    assert (await controller.explains(name)).outcome.ref == web


async def test_the_region_of_an_arn_is_looked_at_where_none_is_named(
    aws: Aws, controller: Controller
) -> None:
    web = aws.runs("web")
    controller.settings = replace(controller.settings, regions=())

    assert (await controller.explains(web.arn)).outcome.ref == web


async def test_a_name_that_several_have_is_refused_with_all_of_them(
    aws: Aws, controller: Controller
) -> None:
    aws.call("ecs", "CreateCluster", clusterName="dev")
    web, other = aws.runs("web"), aws.runs("web", cluster="dev")

    with pytest.raises(UsageError, match="2 services are called web") as refused:
        await controller.explains("web")
    assert all(one.arn in str(refused.value) for one in (web, other))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("prod/wbe", "Did you mean prod/web?"),
        ("weeb", "Did you mean prod/web?"),
        ("log-drivers", "Did you mean log-driver?"),
        ("zzz", "prod/web"),
    ],
)
async def test_a_name_that_no_service_has_is_refused_before_the_fleet_is_looked_at(
    aws: Aws, controller: Controller, name: str, hint: str
) -> None:
    aws.runs("web")

    with pytest.raises(UsageError, match=f"no service is called {name}") as refused:
        await controller.explains(name)
    assert hint in str(refused.value)
    assert controller.told == []


async def test_a_service_that_may_be_where_nobody_may_look_is_not_said_to_be_none(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.deny("ListServices")

    with pytest.raises(NotSeenError, match="not all could be listed"):
        await controller.explains("prod/web")
    with pytest.raises(UsageError):
        await controller.explains("dev/web")


async def test_a_service_that_may_not_be_read_is_told_as_not_seen(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    aws.sandbox.deny("DescribeTaskDefinition")

    explained = await controller.explains("prod/web")

    assert not explained.outcome.observed
    assert (explained.why, explained.gates) == (None, ())
    assert "AccessDenied" in shown(explained)


async def test_a_service_that_goes_while_the_fleet_is_looked_at_is_told_to_be_gone(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")

    def delete(outcome: Outcome) -> None:
        if isinstance(outcome.ref, ClusterRef):  # which are looked at last
            aws.call("ecs", "DeleteService", cluster="prod", service="web", force=True)
            aws.sandbox.tick(9)

    controller.tell = delete
    with pytest.raises(NotSeenError, match="prod/web is gone"):
        await controller.explains("prod/web")


async def test_what_of_the_fleet_was_not_seen_is_said(aws: Aws, controller: Controller) -> None:
    aws.call("ecs", "CreateCluster", clusterName="prod-b")
    aws.runs("web")
    aws.runs("api", cluster="prod-b")
    controller.looks_at("prod")

    explained = await controller.explains("prod/web")

    assert explained.gaps == ("only services of prod were looked at",)
    assert "Not seen, so others may do more" in shown(explained)


# ── it agrees with the audit, writes nothing, and shows no secret ─────────────────────────────────


async def test_it_tells_the_same_of_every_service_as_an_audit(
    aws: Aws, controller: Controller
) -> None:
    seed(aws.sandbox)
    report = await controller.audits()
    audited: dict[Ref, Outcome] = {one.ref: one for one in report.outcomes}
    services = [one for one in audited.values() if isinstance(one.ref, ServiceRef)]
    assert len(services) == 40

    for one in services[::4]:
        explained = await controller.explains(one.ref.arn)
        assert explained.outcome == one
        assert [*explained.log_groups] == [audited[group.ref] for group in explained.log_groups]
        codes = [*held(explained).values()]
        if explained.gates and one.reason is not None:
            assert codes[0] == one.reason.code


async def test_explaining_writes_nothing_and_constructs_no_writer(
    aws: Aws, controller: Controller
) -> None:
    aws.runs("web")
    witness = controller.tell = Witness()

    await controller.explains("prod/web")

    assert (aws.writes(), aws.remembered(), witness.writers) == ([], [], 0)


async def test_no_form_shows_an_environment_value_or_a_secret(
    aws: Aws, controller: Controller
) -> None:
    fleet = seed(aws.sandbox)
    told = ""
    for arn in [*fleet.services.values()][:12]:
        explained = await controller.explains(arn)
        told += table.render(explained, Page(), every=True)
        told += explained_service.render(explained, every=True)
        told += json.dumps(structure.structure(explained)) + repr(explained)

    assert [one for one in fleet.canaries() if one in told] == []


async def test_a_saved_inventory_explains_the_same_as_aws(
    aws: Aws, controller: Controller, tmp_path: Path
) -> None:
    aws.runs("web")
    live = await controller.explains("prod/web")
    inventory = await saved(controller, tmp_path, controller.policies)

    settings = replace(controller.settings, regions=())
    offline = await explain_offline(
        "prod/web", inventory, settings, controller.policies, controller.tell
    )

    assert offline.gates[:18] == live.gates[:18]
    assert held(offline) == held(live)
    assert (offline.why, offline.standing, offline.rules) == (live.why, live.standing, live.rules)
