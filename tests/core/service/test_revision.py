"""Whether a revision is ours: its digest recomputes, and a principal of ours registered it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.service.deployment import PastDeployment, has_failed
from controller.core.service.revision import (
    DIGEST,
    MANAGED_BY,
    Identity,
    Revision,
    as_registered,
    failure_tag,
    family_of,
    number_of,
    principal,
)
from tests.core.service.given import REF, SIBLING
from tests.core.service.scene import (
    BASE_REVISION,
    IDENTITY,
    OUR_ROLE,
    damaged,
    marked,
    ours,
    past,
    revision,
)

MINE = ours(2)


@pytest.mark.parametrize(
    ("one", "is_ours"),
    [
        pytest.param(MINE, True, id="as we registered it"),
        pytest.param(marked(MINE), True, id="marked"),
        pytest.param(BASE_REVISION, False, id="a pipeline's"),
        pytest.param(damaged(MINE), False, id="ECS shows it otherwise"),
        pytest.param(ours(2, registeredBy="arn:aws:iam::1:user/ci"), False, id="cloned"),
        pytest.param(ours(2, registeredBy=None), False, id="AWS does not say by whom"),
        pytest.param(
            replace(MINE, tags={**MINE.tags, MANAGED_BY: "other"}), False, id="another instance"
        ),
        pytest.param(replace(MINE, tags={**MINE.tags, DIGEST: "v1-0"}), False, id="another digest"),
        pytest.param(replace(MINE, tags={}), False, id="its tags are gone"),
    ],
)
def test_tags_alone_prove_nothing(one: Revision, *, is_ours: bool) -> None:
    assert one.is_ours(IDENTITY) is is_ours


def test_a_revision_is_damaged_where_we_registered_it_and_it_does_not_recompute() -> None:
    assert damaged(MINE).is_damaged(IDENTITY)
    assert not MINE.is_damaged(IDENTITY)
    assert not damaged(revision(2)).is_damaged(IDENTITY)
    assert not replace(MINE, tags={**MINE.tags, DIGEST: "v2-0"}).is_damaged(IDENTITY)


def test_any_session_of_our_role_is_us() -> None:  # [fact 2.27]
    assert principal(f"{OUR_ROLE}/one") == principal(f"{OUR_ROLE}/two") == OUR_ROLE
    assert principal("arn:aws:iam::111122223333:user/ci") == "arn:aws:iam::111122223333:user/ci"
    assert not MINE.is_ours(Identity("main", frozenset({OUR_ROLE.replace("1111", "2222")})))


@pytest.mark.parametrize(
    ("arn", "named"),
    [
        ("arn:aws:iam::111122223333:role/ecs-logging", OUR_ROLE),
        ("arn:aws:iam::111122223333:role/ops/team/ecs-logging", OUR_ROLE),
        (OUR_ROLE, OUR_ROLE),
        (f"{OUR_ROLE}/session", OUR_ROLE),
        ("arn:aws-cn:iam::111122223333:role/r", "arn:aws-cn:sts::111122223333:assumed-role/r"),
        ("arn:aws:iam::111122223333:user/ci", "arn:aws:iam::111122223333:user/ci"),
        ("arn:aws:iam::111122223333:role/", None),
        ("arn:aws:iam::111122223333:role/a b", None),
        ("arn:aws:iam::1111:role/a", None),
        ("arn:aws:ecs:eu-central-1:111122223333:cluster/prod", None),
        ("ecs-logging", None),
        ("", None),
    ],
)
def test_a_role_registers_as_what_assumes_it(arn: str, named: str | None) -> None:
    assert as_registered(arn) == named


def test_an_arn_says_the_family_and_the_number() -> None:
    arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:41"

    assert (family_of(arn), number_of(arn)) == ("shop", 41)
    assert (family_of("shop:7"), number_of("shop:7")) == ("shop", 7)
    assert (family_of("shop"), number_of("shop")) == ("shop", 0)


def test_a_mark_is_for_one_service() -> None:
    assert marked(MINE).failed_for(REF.arn)
    assert not marked(MINE).failed_for(SIBLING.arn)
    assert len(failure_tag(REF.arn)) <= 128


@pytest.mark.parametrize(
    ("status", "then", "failed"),
    [
        pytest.param("ROLLBACK_SUCCESSFUL", None, True, id="rolled back"),
        pytest.param("ROLLBACK_FAILED", None, True, id="rolled back, in vain"),
        pytest.param("ROLLBACK_IN_PROGRESS", None, False, id="not yet"),
        pytest.param("SUCCESSFUL", 1, False, id="it succeeded"),
        pytest.param("STOPPED", 1, True, id="stopped, and back to where it came from"),
        pytest.param("STOPPED", 3, False, id="stopped by a release"),
        pytest.param("STOPPED", None, False, id="stopped, and nothing since"),
        pytest.param("IN_PROGRESS", None, False, id="it goes on"),
    ],
)
def test_a_deployment_has_failed_if_the_service_came_back_from_it(
    status: str, then: int | None, *, failed: bool
) -> None:
    it = past(revision(2), status, came_from=BASE_REVISION.arn)
    newer: tuple[PastDeployment, ...] = () if then is None else (past(revision(then)),)

    assert has_failed((*newer, it), len(newer)) is failed


def test_a_stopped_deployment_that_came_from_nowhere_has_not_failed() -> None:
    assert not has_failed((past(BASE_REVISION), past(revision(2), "STOPPED")), 1)
