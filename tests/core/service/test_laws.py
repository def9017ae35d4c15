"""The laws of judging and mending, over generated task definitions and policies."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from controller.core.document.diff import HIDDEN, diff
from controller.core.document.digest import digest
from controller.core.document.json import same
from controller.core.document.patch import json_patch
from controller.core.policy.model import LoggingPolicy
from controller.core.service.registration import content_digest, registrable
from tests.core.document.rfc6902 import applied
from tests.core.service.ecs import described
from tests.core.service.given import judged
from tests.core.service.laws import (
    is_conservative,
    is_idempotent,
    is_stable,
    shuffled,
)
from tests.strategies.policies import policies
from tests.strategies.task_definitions import Members, task_definitions

MODES = st.sampled_from(["blocking", "non-blocking"])


@given(task_definitions(), policies(), MODES)
def test_the_corrected_document_has_nothing_left_to_fix(
    document: Members, by: LoggingPolicy, default_mode: str
) -> None:
    is_idempotent(document, by, default_mode)


@given(task_definitions(), policies(), MODES)
def test_what_no_rule_owns_comes_out_as_it_went_in(
    document: Members, by: LoggingPolicy, default_mode: str
) -> None:
    is_conservative(document, by, default_mode)


@given(task_definitions(), policies(), MODES)
def test_what_ecs_fills_in_never_looks_like_drift(
    document: Members, by: LoggingPolicy, default_mode: str
) -> None:
    is_stable(document, by, default_mode)


@given(task_definitions(), policies(), MODES)
def test_the_patch_and_the_diff_say_what_the_edits_do(
    document: Members, by: LoggingPolicy, default_mode: str
) -> None:
    verdict = judged(document, by, default_mode=default_mode)
    edits = verdict.judgement.edits

    patched = applied(document, json_patch(document, edits))
    assert same(patched, verdict.proposed)
    assert bool(diff(document, edits, public=lambda _: True)) == (document != verdict.proposed)


@given(task_definitions(), policies())
def test_a_diff_shows_no_value_that_is_not_public(document: Members, by: LoggingPolicy) -> None:
    changes = diff(document, judged(document, by).judgement.edits, public=lambda _: False)

    assert {one.old for one in changes} | {one.new for one in changes} <= {HIDDEN, None}


@given(task_definitions(), st.randoms(use_true_random=False))
def test_a_digest_does_not_depend_on_the_order_of_members(
    document: Members, chance: random.Random
) -> None:
    other = shuffled(document, chance)

    assert digest(other) == digest(document)
    assert content_digest(other) == content_digest(document)


@given(task_definitions())
def test_what_only_an_answer_has_is_not_registered_again(document: Members) -> None:
    shown = described(document)

    assert registrable(shown).keys() == document.keys() | {"volumes", "placementConstraints"}
