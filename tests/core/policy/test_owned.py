"""Who owns a thing is told by its tags and makers; the policy says what that allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.policy.model import Owners
from controller.core.policy.owned import Marks, Owner, owned_elsewhere, owner_of

STACK = {"aws:cloudformation:stack-name": "shop"}
CDK = {**STACK, "aws:cdk:path": "shop/web"}
COPILOT = {**STACK, "copilot-application": "shop", "copilot-service": "web"}
SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/job-7"


def owners(**stated: object) -> Owners:
    return Owners.model_validate(stated)


def of(tags: dict[str, str], *by: Owners, **marks: Any) -> Owner | None:
    """Return the owner of a service with these tags, by what policies say."""
    return owner_of(replace(Marks({"the service": tags}), **marks), by or [Owners()])


def known(owner: Owner | None) -> tuple[str, str, str] | None:
    return None if owner is None else (owner.called, owner.mode, owner.key)


TERRAFORM = owners(named=[{"name": "terraform", "tags": {"managed-by": "terraform*", "iac": "*"}}])
PIPELINE = owners(named=[{"name": "ci", "principals": ["arn:aws:iam::*:role/deploy"]}])


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, None),
        ({"team": "shop"}, None),
        (STACK, ("the CloudFormation stack shop", "Patch", "owners.cloudformation")),
        (CDK, ("the CDK, by the stack shop,", "Patch", "owners.cdk")),
        ({"aws-cdk:x": ""}, ("the CDK", "Patch", "owners.cdk")),
        (COPILOT, ("the Copilot application shop", "Patch", "owners.copilot")),
        ({**CDK, **COPILOT}, ("the Copilot application shop", "Patch", "owners.copilot")),
    ],
)
def test_tools_of_stacks_are_known_by_their_tags(
    tags: dict[str, str], expected: tuple[str, str, str] | None
) -> None:
    assert known(of(tags)) == expected


@pytest.mark.parametrize(
    ("said", "tags", "mode"),
    [
        ({"cloudformation": "Enforce"}, STACK, "Enforce"),
        ({"cloudformation": "Enforce"}, CDK, "Enforce"),
        ({"cloudformation": "Enforce"}, COPILOT, "Enforce"),
        ({"cloudformation": "Enforce", "cdk": "Audit"}, CDK, "Audit"),
        ({"copilot": "Enforce"}, COPILOT, "Enforce"),
        ({"cdk": "Enforce"}, STACK, "Patch"),
        ({"default": "Enforce"}, STACK, "Patch"),
    ],
)
def test_what_is_said_of_a_tool_holds_before_what_is_said_of_stacks(
    said: dict[str, str], tags: dict[str, str], mode: str
) -> None:
    owner = of(tags, owners(**said))

    assert owner is not None
    assert owner.mode == mode


def test_another_instance_is_an_owner_by_default_as_any_other() -> None:
    assert known(of({}, instance="east")) == (
        "another instance of this controller, east,",
        "Patch",
        "owners.controller",
    )
    overruling = owners(controller="Enforce")
    assert known(of({}, overruling, instance="east")) is not None
    owner = of({}, owners(default="Audit"), instance="east")
    assert owner is not None
    assert owner.mode == "Audit"


@pytest.mark.parametrize(
    ("tags", "is_known"),
    [
        ({"managed-by": "terraform-cloud", "iac": "1"}, True),
        ({"managed-by": "terraform-cloud"}, False),
        ({"managed-by": "Terraform", "iac": "1"}, False),
        ({}, False),
    ],
)
def test_a_named_owner_is_known_by_all_its_tags(tags: dict[str, str], *, is_known: bool) -> None:
    assert (of(tags, TERRAFORM) is not None) == is_known


def test_tags_of_a_named_owner_may_be_on_the_service_and_its_revision() -> None:
    marks = Marks({"the service": {"managed-by": "terraform"}, "web:1": {"iac": "yes"}})

    owner = owner_of(marks, [TERRAFORM])

    assert owner is not None
    assert owner.known_by == "the tags managed-by and iac"


@pytest.mark.parametrize(
    ("arn", "pattern", "is_known"),
    [
        (SESSION, "arn:aws:iam::*:role/deploy", True),
        (SESSION, "arn:aws:sts::111122223333:assumed-role/deploy", True),
        (SESSION, "arn:aws:sts::111122223333:assumed-role/deploy/job-*", True),
        (SESSION, "arn:aws:iam::*:role/deploy/job-7", False),
        (SESSION, "arn:aws:iam::*:role/dep", False),
        ("arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::*:role/deploy", True),
        ("arn:aws:iam::111122223333:user/ann", "*:user/*", True),
        ("arn:aws:iam::111122223333:user/ann", "*:role/*", False),
    ],
)
def test_a_named_owner_is_known_by_who_made_what_is_there(
    arn: str, pattern: str, *, is_known: bool
) -> None:
    by = owners(named=[{"name": "ci", "principals": [pattern]}])

    owner = of({}, by, makers={"registered web:1": arn})

    assert (owner is not None) == is_known
    assert owner is None or owner.known_by == f"{arn}, which registered web:1,"


def test_of_several_owners_the_one_with_whom_least_may_be_done_holds() -> None:
    named = [
        {"name": "ci", "principals": ["*"], "mode": "Enforce"},
        {"name": "audited", "tags": {"team": "*"}, "mode": "Audit"},
    ]
    by = owners(cloudformation="Enforce", named=named)
    makers = {"made the service": SESSION}

    assert known(of({**STACK, "team": "x"}, by, makers=makers)) == (
        "audited",
        "Audit",
        "the mode of audited in owners.named",
    )
    strictest = of(STACK, by, makers=makers)
    assert strictest is not None
    assert strictest.mode == "Enforce"


def test_of_several_policies_the_strictest_holds() -> None:
    overruling = owners(cloudformation="Enforce")

    assert known(of(STACK, overruling, Owners())) == (
        "the CloudFormation stack shop",
        "Patch",
        "owners.cloudformation",
    )
    assert known(of({"managed-by": "terraform", "iac": "x"}, overruling, TERRAFORM)) is not None


def test_the_reason_names_the_owner_how_it_is_known_and_what_to_do() -> None:
    owner = of(STACK)
    assert owner is not None

    reason = owned_elsewhere(owner, "the service")

    assert reason.code == "OwnedElsewhere"
    assert reason.message == (
        "the CloudFormation stack shop owns the service, "
        "as the tag aws:cloudformation:stack-name of the service tells"
    )
    assert "in the template, or set owners.cloudformation: Enforce." in reason.remedy


def test_an_owner_in_audit_is_left_alone_without_a_word_of_patches() -> None:
    owner = of(STACK, owners(cloudformation="Audit"))
    assert owner is not None

    assert "patch" not in owned_elsewhere(owner, "the service").remedy


def test_owners_are_equal_in_whatever_order_their_tags_are_written() -> None:
    one, other = (
        owners(named=[{"name": "tf", "tags": tags}])
        for tags in ({"a": "1", "b": "2"}, {"b": "2", "a": "1"})
    )

    assert one == other
    assert hash(one) == hash(other)
