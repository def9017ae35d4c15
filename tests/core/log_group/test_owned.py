"""A log group that somebody else owns is left to them, by the strictest word of those who ask."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.judge.claim import LogGroupClaim
from controller.core.log_group.observed import MANAGED_BY
from controller.core.move import CreateLogGroup, Done, SetRetention
from controller.core.policy.model import Owners
from tests.core.log_group.given import MISSING_GROUP, OUR_TAGS, claim, decided, group, uses

STACK = {"aws:cloudformation:stack-name": "shop"}
TERRAFORM = {"managed-by": "terraform"}
ANOTHER = {MANAGED_BY: "east"}


def by(policy: str = "production", /, **owners: Any) -> LogGroupClaim:
    return claim(policy=policy, owners=Owners.model_validate(owners))


NAMING: dict[str, Any] = {"named": [{"name": "terraform", "tags": {"managed-by": "*"}}]}
OVERRULING: dict[str, Any] = {"cloudformation": "Enforce", "default": "Enforce", **NAMING}


@pytest.mark.parametrize(
    ("tags", "claims", "is_left"),
    [
        pytest.param({}, [by()], False, id="nobody's"),
        pytest.param(OUR_TAGS, [by()], False, id="ours"),
        pytest.param(STACK, [by()], True, id="a stack's"),
        pytest.param({**STACK, "aws:cdk:path": "x"}, [by()], True, id="the CDK's"),
        pytest.param(TERRAFORM, [by()], False, id="one that nobody named"),
        pytest.param(TERRAFORM, [by(**NAMING)], True, id="one that the policy names"),
        pytest.param(TERRAFORM, [by("a"), by("b", **NAMING)], True, id="one that another names"),
        pytest.param(ANOTHER, [by()], True, id="another instance's"),
        pytest.param(STACK, [by(**OVERRULING)], False, id="overruled"),
        pytest.param(TERRAFORM, [by(**OVERRULING)], False, id="overruled by name"),
        pytest.param(ANOTHER, [by(controller="Enforce")], False, id="taken over"),
        pytest.param(STACK, [by("a", **OVERRULING), by("b")], True, id="overruled by one only"),
        pytest.param(STACK, [by(**OVERRULING), uses()], False, id="used by others"),
    ],
)
def test_the_strictest_word_on_owners_holds(
    tags: dict[str, str], claims: list[LogGroupClaim], *, is_left: bool
) -> None:
    step = decided(group(7, tags=tags), *claims).step

    if is_left:
        assert isinstance(step, Done)
        assert step.reason is not None
        assert step.reason.code == "OwnedElsewhere"
        assert "owns the log group" in step.reason.message
    else:
        assert isinstance(step, SetRetention)


def test_a_group_that_is_not_there_is_nobodys() -> None:
    assert isinstance(decided(MISSING_GROUP, by(**NAMING)).step, CreateLogGroup)


def test_whom_the_group_is_left_to_does_not_depend_on_the_order_of_those_who_ask() -> None:
    one, other = by("a", cdk="Audit"), by("b", cdk="Patch")
    tags = {**STACK, "aws:cdk:path": "x"}

    assert decided(group(7, tags=tags), one, other) == decided(group(7, tags=tags), other, one)
