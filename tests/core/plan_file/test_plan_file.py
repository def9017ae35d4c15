from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.consent import NOT_ENFORCED, Change
from controller.core.document.digest import digest
from controller.core.document.edit import Edit, Set
from controller.core.document.json import Document
from controller.core.document.patch import Operation
from controller.core.document.path import ROOT
from controller.core.log_group.fingerprint import change_of
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules.exists import NAME
from controller.core.log_group.rules.retention import DAYS
from controller.core.outcome import Outcome, Proposal
from controller.core.plan_file.model import Entry, PlanFile, plan_of, text_of
from controller.core.plan_file.parse import parse
from controller.core.plan_file.planned import Planned
from controller.core.policy.problem import Source
from controller.core.reason import Reason, Sync
from tests.report.reports import DIGEST, NOW, drifted, log_group, outcome, report, service

GROUP = log_group()
ABSENT = LogGroup(GROUP, {}, {})
CREATE: tuple[Edit, ...] = (Set(NAME, GROUP.name), Set(DAYS, 30))


def planned_service() -> Outcome:
    """Return a service that only the process's yes holds, its patch with the digest it has."""
    one = drifted()
    assert one.proposal is not None
    change = replace(one.proposal.change, patch=digest(one.proposal.patch))
    return replace(one, proposal=replace(one.proposal, change=change))


def planned_group() -> Outcome:
    """Return a log group that is to be created and given a retention."""
    patch: tuple[Operation, ...] = (
        {"op": "add", "path": "/logGroupName", "value": GROUP.name},
        {"op": "add", "path": "/retentionInDays", "value": 30},
    )
    change = change_of(ABSENT, CREATE)
    return outcome(GROUP, Sync.DRIFTED, reason=NOT_ENFORCED, proposal=Proposal(change, (), patch))


def change_to(one: Outcome) -> Change:
    """Return the change that an outcome proposes."""
    assert one.proposal is not None
    return one.proposal.change


def answer(plan: PlanFile, change: Change) -> str | None:
    """Return None where the plan says yes to a change, else the code of the reason."""
    yes = Planned(plan).to(change)
    return None if yes.given else yes.otherwise.code


# ── what goes into the file ───────────────────────────────────────────────────────────────────────


def test_a_plan_holds_what_only_the_yes_of_the_process_is_missing_for() -> None:
    waiting, held = planned_service(), drifted(service("x"), reason=Reason("FamilyAhead", "…"))

    plan = plan_of(report(waiting, held, outcome(service("y"))))

    assert plan.arns == (waiting.ref.arn,)


def test_what_no_rule_in_enforce_asks_for_is_not_in_the_plan() -> None:
    one = planned_service()
    assert one.proposal is not None

    assert plan_of(report(replace(one, proposal=replace(one.proposal, patch=())))).entries == ()


def test_a_plan_is_read_as_it_was_written() -> None:
    plan = plan_of(report(planned_service(), planned_group()))

    assert parse(Source("plan.json", text_of(plan))) == plan


def test_a_plan_holds_no_old_value() -> None:
    assert '"blocking"' not in text_of(plan_of(report(planned_service())))


# ── what it says yes to ───────────────────────────────────────────────────────────────────────────


def test_the_very_change_of_the_plan_is_allowed() -> None:
    plan = plan_of(report(planned_service(), planned_group()))

    assert answer(plan, change_to(planned_service())) is None
    assert answer(plan, change_to(planned_group())) is None


def test_the_retention_of_a_group_that_the_plan_creates_is_allowed() -> None:
    created = LogGroup(GROUP, {"logGroupName": GROUP.name}, {"ecs-logging/managed-by": "x"})

    plan = plan_of(report(planned_group()))

    assert answer(plan, change_of(created, (Set(DAYS, 30),))) is None
    assert answer(plan, change_of(created, (Set(DAYS, 7),))) == "PlanOutdated"


def test_the_retention_of_a_group_that_is_made_with_more_is_allowed_once_it_shows_that() -> None:
    shown: Document = {
        "logGroupName": GROUP.name,
        "kmsKeyId": "arn:key",
        "logGroupClass": "INFREQUENT_ACCESS",
        "deletionProtectionEnabled": True,
    }
    patch: tuple[Operation, ...] = (
        *({"op": "add", "path": f"/{key}", "value": value} for key, value in shown.items()),
        {"op": "add", "path": "/retentionInDays", "value": 30},
    )
    edits = (*(Set(ROOT / key, value) for key, value in shown.items()), Set(DAYS, 30))
    proposal = Proposal(change_of(ABSENT, edits), (), patch)

    plan = plan_of(report(outcome(GROUP, Sync.DRIFTED, reason=NOT_ENFORCED, proposal=proposal)))

    assert len(plan.entries) == 2
    assert answer(plan, change_of(LogGroup(GROUP, shown, {}), (Set(DAYS, 30),))) is None
    without: Document = {**shown, "kmsKeyId": "arn:other"}
    assert answer(plan, change_of(LogGroup(GROUP, without, {}), (Set(DAYS, 30),))) == "PlanOutdated"


def test_a_group_that_got_another_retention_meanwhile_is_refused() -> None:
    meanwhile: Document = {"logGroupName": GROUP.name, "retentionInDays": 7}

    plan = plan_of(report(planned_group()))

    change = change_of(LogGroup(GROUP, meanwhile, {}), (Set(DAYS, 30),))
    assert answer(plan, change) == "PlanOutdated"


def test_a_change_that_differs_from_the_plan_is_refused() -> None:
    plan, change = plan_of(report(planned_service())), change_to(planned_service())

    assert answer(plan, replace(change, fingerprint="0" * 64)) == "PlanOutdated"
    assert answer(plan, replace(change, patch="0" * 64)) == "PlanOutdated"


def test_a_target_that_the_plan_does_not_name_is_refused() -> None:
    plan = plan_of(report(planned_service()))

    change = replace(change_to(planned_service()), ref=service("other"))

    assert answer(plan, change) == "NotPlanned"


def test_a_process_with_a_plan_can_write() -> None:
    planned = Planned(plan_of(report(planned_service())))
    yes = planned.to(change_to(planned_service()))

    assert (yes.given, yes.writes) == (True, True)


def test_a_process_with_a_plan_writes_nothing_to_what_the_plan_does_not_name() -> None:
    yes = Planned(plan_of(report())).to(change_to(planned_service()))

    assert (yes.given, yes.writes) == (False, False)


# ── what is wrong with a file ─────────────────────────────────────────────────────────────────────


def written() -> Any:
    """Return what a good plan file says."""
    return json.loads(text_of(plan_of(report(planned_service()))))


def problems(text: str) -> list[str]:
    """Return what is wrong with a text, each as `line:column message`."""
    found = parse(Source("plan.json", text))
    assert isinstance(found, tuple), "the plan is good"
    return [f"{one.line}:{one.column} {one.message}" for one in found]


def test_an_edited_patch_is_refused() -> None:
    plan = written()
    plan["targets"][0]["patch"][0]["value"] = "blocking"

    (told,) = problems(json.dumps(plan, indent=2))

    assert told.endswith("the patch does not have this digest: the file was edited")


def test_a_patch_edited_with_its_digest_is_none_that_is_allowed() -> None:
    plan = written()
    target = plan["targets"][0]
    target["patch"][0]["value"] = "blocking"
    target["patchDigest"] = digest(target["patch"])

    parsed = parse(Source("plan.json", json.dumps(plan)))

    assert isinstance(parsed, PlanFile)
    assert answer(parsed, change_to(planned_service())) == "PlanOutdated"


def test_every_problem_of_a_file_is_told_at_once() -> None:
    text = """\
{"schemaVersion": 2, "createdAt": "today", "policyDigest": "x", "extra": 1,
 "targets": [{"arn": 1, "kind": "pod", "fingerprint": "f", "patchDigest": null, "patch": []},
             "web",
             {"arn": "a", "kind": "service", "taskDefinitionArn": 7, "fingerprint": "f",
              "patchDigest": "p", "patch": [1, {"op": "test", "path": "/x"}]}]}"""

    assert problems(text) == [
        "1:19 this version reads schemaVersion 1",
        "1:35 this is no time with its offset",
        "1:60 a digest has 64 hexadecimal digits",
        "1:65 a plan file has no such key",
        "2:14 the key `taskDefinitionArn` is missing",
        "2:22 a text is wanted here",
        "2:33 a kind is service or log-group",
        "2:55 a digest has 64 hexadecimal digits",
        "2:75 a digest has 64 hexadecimal digits",
        "2:90 a list of operations is wanted here",
        "3:14 a target is an object",
        "4:67 a text is wanted here",
        "4:85 a digest has 64 hexadecimal digits",
        "5:30 a digest has 64 hexadecimal digits",
        "5:45 an operation is an object with `op` and `path`",
        "5:48 an operation is an object with `op` and `path`",
    ]


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"targets": 1}', "plan", '{"a": 1'])
def test_what_is_no_plan_is_a_problem_and_no_exception(text: str) -> None:
    assert problems(text)


@given(st.data())
def test_no_change_of_a_good_file_raises(data: st.DataObject) -> None:
    plan = written()
    holder = data.draw(st.sampled_from([plan, plan["targets"][0], plan["targets"][0]["patch"][0]]))
    key = data.draw(st.sampled_from(sorted(holder)))
    holder[key] = data.draw(
        st.none() | st.booleans() | st.integers() | st.text() | st.just([{}]) | st.just({"a": []})
    )

    parsed = parse(Source("plan.json", json.dumps(plan)))

    assert isinstance(parsed, PlanFile) or parsed


def test_a_plan_is_known_by_what_it_says() -> None:
    entry = Entry("arn", "service", None, "f" * 64, ({"op": "remove", "path": "/x"},))

    plan = PlanFile(NOW, DIGEST, (entry,))

    assert parse(Source("plan.json", text_of(plan))) == plan
