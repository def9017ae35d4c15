"""An inventory is read as it was written, or everything that is wrong with the file is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.json import Document
from controller.core.inventory_file.listing import listing
from controller.core.inventory_file.model import Failure, InventoryFile, Key, Known
from controller.core.inventory_file.parse import parse
from controller.core.inventory_file.questions import QUESTIONS
from controller.core.inventory_file.redact import redacted
from controller.core.inventory_file.text import text_of
from controller.core.log_group.observed import LogGroup
from controller.core.policy.problem import Source
from controller.core.reason import Reason
from controller.core.service.consumers import Consumer
from controller.core.service.deployment import History
from controller.core.service.observed import Family
from controller.core.state.model import ClusterState, Unknown
from tests.core.service.given import DRIFTED, GROUP, NOW, REF
from tests.core.service.rolls.given import broken, seen, task
from tests.core.service.scene import (
    IDENTITY,
    SERVICE,
    arn_of,
    family,
    history,
    ours,
    past,
    revision,
)
from tests.strategies.task_definitions import task_definitions

REGION = REF.region
DENIED = Failure("DeniedError", "ListTagsForResource", "AccessDenied", "no", "arn")


def inventory(document: Document = DRIFTED) -> InventoryFile:
    """Return an inventory that holds an answer to every question, as it is loaded from a file."""
    base, corrected = redacted(revision(1, document)), redacted(ours(2, document))
    service = redacted(replace(SERVICE, created_at=NOW, tags={"team": "shop"}))
    failed = past(corrected, "ROLLBACK_SUCCESSFUL", failed=True, revision=corrected)
    said: dict[str, tuple[str, object]] = {
        "clusters": ("", ("prod",)),
        "services": ("prod", (REF,)),
        "service": (REF.arn, service),
        "revision": (arn_of(1), base),
        "family": ("shop:1", family(base, corrected)),
        "history": (REF.arn, history(failed, past(base))),
        "tasks": (REF.arn, seen(broken("a"), task("b", protected_until=NOW))),
        "alarms": ("errors", {"errors": "OK"}),
        "launchTypes": ("prod: spot", {"spot": "EC2"}),
        "defaultDeliveryMode": ("", "non-blocking"),
        "logGroup": (
            GROUP.arn,
            redacted(LogGroup(GROUP, {"logGroupName": "/ecs/web"}, {"a": "b"})),
        ),
        "exists": (GROUP.arn, True),
        "consumers": (GROUP.arn, frozenset({Consumer("metric filter", "errors", "0" * 64)})),
        "keyOf": ("alias/logs", None),
        "clusterState": (REF.cluster_ref.arn, ClusterState(policy_digest="0" * 16, governed=3)),
    }
    answers = {Key(REGION, name, of): Known(answer) for name, (of, answer) in said.items()}
    gone = Key(REGION, "service", replace(REF, name="gone").arn)
    unclear = Key(REGION, "clusterState", replace(REF, cluster="b").cluster_ref.arn)
    return InventoryFile(
        NOW,
        IDENTITY,
        (REGION,),
        (),
        {
            **answers,
            gone: Known(None),
            unclear: Known(Unknown(Reason("AccessDenied", "may not be read"))),
            Key(REGION, "exists", "denied"): DENIED,
        },
    )


def test_every_question_has_an_answer_in_these_tests() -> None:
    assert {key.question for key in inventory().answers} == {one.name for one in QUESTIONS}


@given(task_definitions())
def test_an_inventory_is_read_as_it_was_written(document: Document) -> None:
    one = inventory(document)

    assert parse(Source("fleet.json", text_of(one))) == one


def test_the_same_inventory_has_the_same_text_whatever_the_order_of_its_answers() -> None:
    one = inventory()
    turned = replace(one, answers=dict(reversed([*one.answers.items()])))

    assert text_of(turned) == text_of(one)


def test_whatever_is_in_an_inventory_is_redacted_when_it_is_written() -> None:
    secret: Document = {"containerDefinitions": [{"name": "web", "command": ["--key", "hunter2"]}]}
    raw = revision(1, secret)
    places = {
        "revision": raw,
        "family": Family((raw,), 0),
        "history": History((past(raw, revision=raw),), complete=True),
        "service": replace(SERVICE, document={"events": [{"message": "hunter2"}]}),
        "logGroup": LogGroup(GROUP, {"logGroupName": "x", "odd": "hunter2"}, {}),
    }
    answers = {Key(REGION, name, "x"): Known(one) for name, one in places.items()}

    text = text_of(replace(inventory(), answers=answers))

    assert "web" in text
    assert "hunter2" not in text


def test_a_revision_that_many_services_share_is_written_once() -> None:
    text = text_of(inventory())

    assert text.count('"taskDefinitionArn": ') == 2


def test_what_an_earlier_version_did_not_write_has_its_default() -> None:
    written = json.loads(text_of(inventory()))
    del written["answers"][REGION]["service"][REF.arn]["answer"]["createdAt"]

    parsed = parse(Source("fleet.json", json.dumps(written)))

    assert isinstance(parsed, InventoryFile)
    assert [service.created_at for _, service in parsed.services] == [None]


def test_a_listing_tells_where_services_run_and_how_they_log() -> None:
    (listed,) = listing(inventory())

    assert (listed.ref, listed.task_definition) == (REF, arn_of(1))
    assert listed.drivers == {"web": "awslogs"}
    assert listed.log_groups == (GROUP,)


# ── what is wrong with a file ─────────────────────────────────────────────────────────────────────


def problems(text: str) -> list[str]:
    """Return what is wrong with a text, each as `line:column message`."""
    found = parse(Source("fleet.json", text))
    assert isinstance(found, tuple), "the inventory is good"
    return [f"{one.line}:{one.column} {one.message}" for one in found]


HEAD = '{"apiVersion": "ecs-logging/v1alpha1", "kind": "Inventory"'


def test_every_problem_of_a_file_is_told_at_its_place() -> None:
    text = (
        HEAD
        + """, "takenAt": "today", "instance": 7, "principals": [1],
 "regions": "here", "extra": 1,
 "revisions": {"arn": {"arn": "arn", "document": {}, "tags": {"a": 1}}},
 "answers": {"here": {
   "weather": {},
   "exists": {"a": {"answer": "yes"}, "b": {}},
   "services": {"prod": {"answer": ["web"]}},
   "family": {"x": {"answer": {"revisions": ["other"], "reaches": 0}}},
   "revision": {"z": {"failure": {"kind": "DeniedError"}}}}}}"""
    )

    assert problems(text) == [
        "1:1 the key `clusters` is missing",
        "1:61 this is no time with its offset",
        "1:81 a text is wanted here",
        "1:111 a text is wanted here",
        "2:2 a list is wanted here",
        "2:21 an inventory has no key `extra` here",
        "3:63 a text is wanted here",
        "5:4 nobody asks `weather`",
        "6:21 true or false is wanted here",
        "6:39 an `answer` or a `failure` is wanted here",
        "7:37 this is not the ARN of such a one",
        "8:46 no such revision is in the file",
        *(f"9:23 the key `{key}` is missing" for key in ("operation", "code", "message", "where")),
    ]


def test_a_key_that_is_given_twice_is_a_problem() -> None:
    assert problems(f'{HEAD}, "kind": "Inventory"}}') == [
        "1:61 this key is already given at line 1, column 40"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("fleet", "a value is wanted here"),
        ("null", "this is no inventory"),
        ("[]", "this is no inventory"),
        ('{"schemaVersion": 1, "targets": []}', "this is no inventory"),
        ('{"kind": "Inventory"}', "this version of ecs-logging reads apiVersion"),
        ('{"apiVersion": "ecs-logging/v2", "kind": "Inventory"}', "reads apiVersion"),
        (text_of(inventory()).rpartition(",")[0], "the text ends here"),
        ("[" * 100_000, "nested deeper"),
        ('{"a": NaN}', "a value is wanted here"),
    ],
    ids=["empty", "words", "null", "list", "plan", "no version", "later", "cut", "deep", "NaN"],
)
def test_what_is_no_inventory_is_a_problem_and_no_exception(text: str, told: str) -> None:
    assert told in problems(text)[0]


ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.just([{}]), st.just({"a": []})
)


@given(st.data())
def test_no_change_of_a_good_file_raises(data: st.DataObject) -> None:
    written = json.loads(text_of(inventory()))
    holder = written
    while True:
        key = data.draw(st.sampled_from(sorted(holder)))
        if not isinstance(holder[key], dict) or not holder[key] or data.draw(st.booleans()):
            break
        holder = holder[key]
    holder[key] = data.draw(ODD)

    parsed = parse(Source("fleet.json", json.dumps(written)))

    assert isinstance(parsed, InventoryFile) or parsed
