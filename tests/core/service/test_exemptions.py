"""A service and what is exempt of it: how it stands, what is asked of its log groups, and why."""

from __future__ import annotations

import copy
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.json import Document, items, members
from controller.core.judge.setting import settings_for
from controller.core.log_group.claims import join
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.log_group.verdict import judge as judge_group
from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.selector import ContainerSelector, Selector
from controller.core.policy.standing import Standing
from controller.core.reason import Sync
from controller.core.service.context import ServiceContext
from controller.core.service.rules import RULES
from controller.core.service.verdict import Verdict, judge
from tests.core.service.given import (
    DRIFTED,
    GROUP,
    NAMES,
    NOW,
    SUBJECT,
    TAGS,
    awslogs,
    container,
    logging_by,
    policy,
    task_definition,
)
from tests.strategies.policies import policies
from tests.strategies.task_definitions import Members, task_definitions

IDS = [rule.id for rule in RULES]


def exception(*rules: str, containers: tuple[str, ...] = ()) -> PolicyException:
    return PolicyException(
        name="vendor-image",
        rules=rules or ("*",),
        match=(Selector(clusters=("*",)),),
        containers=(ContainerSelector(names=containers),) if containers else None,
        reason="vendor image",
        expires=date(2027, 3, 31),
    )


def judged(
    document: Document, *exceptions: PolicyException, by: LoggingPolicy | None = None
) -> Verdict:
    governing = by or policy()
    standing = Standing(governing, governing.mode, exemptions=exceptions)
    return judge(
        document,
        ServiceContext(governing, NAMES, "non-blocking", TAGS),
        SUBJECT,
        group_settings=settings_for(GROUP_RULES, governing, standing),
        standing=standing,
    )


def test_a_service_of_which_all_that_differs_is_exempt_is_exempt() -> None:
    verdict = judged(DRIFTED, exception())

    assert verdict.sync is Sync.EXEMPT
    assert verdict.proposed == DRIFTED


def test_a_service_of_which_something_else_differs_has_drifted() -> None:
    verdict = judged(DRIFTED, exception("log-driver"))

    assert verdict.sync is Sync.DRIFTED
    assert {one.blocked for one in verdict.judgement.findings} == {None}


def test_a_service_of_which_nothing_differs_is_compliant_whatever_is_exempt() -> None:
    document = task_definition(container(logConfiguration=awslogs()))

    assert judged(document, exception()).sync is Sync.COMPLIANT


def test_a_container_is_exempt_and_its_neighbour_is_mended() -> None:
    blocking = awslogs(mode="blocking")
    document = task_definition(
        container("web", logConfiguration=blocking), container("vendor", logConfiguration=blocking)
    )
    proposed = judged(document, exception(containers=("vendor",))).proposed

    modes = {
        one["name"]: members(members(one["logConfiguration"])["options"])["mode"]
        for one in map(members, items(proposed["containerDefinitions"]))
    }
    assert modes == {"web": "non-blocking", "vendor": "blocking"}


def test_a_container_that_keeps_its_driver_needs_no_group() -> None:
    document = task_definition(container(logConfiguration=logging_by("splunk")))

    assert judged(document).needs
    assert judged(document, exception()).needs == ()


def test_an_exemption_from_a_rule_of_log_groups_is_the_groups() -> None:
    verdict = judged(task_definition(container(logConfiguration=awslogs())), exception())
    joined = join(verdict.claims.values())
    assert joined is not None
    document: Document = {"logGroupName": GROUP.name, "retentionInDays": 400}
    group = LogGroup(GROUP, document, tags={})
    said = judge_group(group, joined, "ecs-logging", now=NOW)

    assert {one.exempt_by for one in said.judgement.findings} == {"vendor-image"}
    assert said.sync is Sync.EXEMPT
    assert said.judgement.enforced == ()


def test_an_exemption_of_containers_is_not_their_groups() -> None:
    document = task_definition(container(logConfiguration=awslogs()))
    verdict = judged(document, exception(containers=("web",)))

    assert all(
        setting.exempt_by(None) is None
        for claim in verdict.claims.values()
        for setting in claim.settings.values()
    )


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


@given(task_definitions(), policies())
def test_a_service_that_is_exempt_from_every_rule_comes_out_as_it_went_in(
    document: Members, by: LoggingPolicy
) -> None:
    before = copy.deepcopy(document)
    verdict = judged(document, exception(), by=by)

    assert json.dumps(verdict.proposed) == json.dumps(before)
    assert verdict.sync in {Sync.EXEMPT, Sync.COMPLIANT}


@given(task_definitions(), policies(), st.data())
def test_an_exempt_container_comes_out_as_it_went_in(
    document: Members, by: LoggingPolicy, data: st.DataObject
) -> None:
    containers = map(members, items(document["containerDefinitions"]))
    names = [str(one["name"]) for one in containers] or ["nobody"]
    spared = data.draw(st.sampled_from(names))
    proposed = judged(document, exception(containers=(spared,)), by=by).proposed

    def spared_of(one: Document) -> str:
        found = (members(each) for each in items(one["containerDefinitions"]))
        return json.dumps([each for each in found if each["name"] == spared])

    assert spared_of(proposed) == spared_of(document)


@given(task_definitions(), policies(), st.sampled_from(IDS))
def test_an_exempt_rule_mends_nothing_and_violates_nothing(
    document: Members, by: LoggingPolicy, spared: str
) -> None:
    verdict = judged(document, exception(spared), by=by)
    of_it = [item for item in verdict.judgement.items if item.finding.rule == spared]

    assert all(item.finding.blocked == "Exempt" and item.edits == () for item in of_it)


@given(task_definitions(), policies(), st.sampled_from(IDS))
def test_an_exemption_never_adds_an_edit(document: Members, by: LoggingPolicy, spared: str) -> None:
    edits = set(map(str, judged(document, by=by).judgement.edits))
    conflicts = {one.blocked for one in judged(document, by=by).judgement.findings}

    if "PolicyConflict" not in conflicts:
        assert set(map(str, judged(document, exception(spared), by=by).judgement.edits)) <= edits


def test_a_policy_that_is_capped_asks_as_much_and_mends_nothing() -> None:
    governing = policy()
    standing = Standing(governing, Mode.AUDIT)
    context = ServiceContext(governing, NAMES, "non-blocking", TAGS)
    verdict = judge(DRIFTED, context, SUBJECT, group_settings={}, standing=standing)

    assert verdict.judgement.edits
    assert verdict.enforced == ()
