"""What somebody else owns is left to them, unless the policy overrules whoever that is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from controller.core.document.json import Json
from controller.core.move import Wait
from controller.core.policy.model import LoggingPolicy
from controller.core.service.gates.ownership import ownership
from controller.core.service.observed import NOT_ASKED
from controller.core.service.registration import content_digest
from controller.core.service.revision import COPY_OF, DIGEST, MANAGED_BY
from tests.core.service.gates.asked import asked
from tests.core.service.given import SIBLING, ago, policy
from tests.core.service.scene import (
    A_DRIFTED_SERVICE,
    BASE_REVISION,
    OUR_ROLE,
    UNREADABLE,
    Scene,
    family,
    inactive,
    marked,
    ours,
    revision,
)

CI = f"{OUR_ROLE.replace('ecs-logging', 'ci')}/job"
PIPELINE = {"name": "ci", "principals": ["*:role/ci"]}


def naming(**owner: Any) -> LoggingPolicy:
    """Return a policy that names one owner."""
    return policy(owners={"named": [owner]})


def made_by(arn: str, **members: Json) -> Scene:
    document = {**A_DRIFTED_SERVICE.service.document, "createdBy": arn, **members}
    return A_DRIFTED_SERVICE.with_service(document=document)


def running(by: str | None = None, **tags: str) -> Scene:
    """Return a service that runs a revision with these tags, registered by somebody."""
    document = {**BASE_REVISION.document, **({} if by is None else {"registeredBy": by})}
    return A_DRIFTED_SERVICE.but(revision=replace(BASE_REVISION, document=document, tags=tags))


def test_a_pipeline_is_known_by_who_made_the_service() -> None:
    by = naming(**PIPELINE)

    assert asked(ownership, made_by(CI).but(policy=by)) == "OwnedElsewhere"
    assert asked(ownership, made_by(CI).but(policy=policy())) is None
    assert asked(ownership, made_by(OUR_ROLE).but(policy=by)) is None


def test_a_pipeline_is_known_by_who_registered_the_revision() -> None:
    assert asked(ownership, running(CI).but(policy=naming(**PIPELINE))) == "OwnedElsewhere"
    assert asked(ownership, running().but(policy=naming(**PIPELINE))) is None


def test_terraform_is_known_by_tags_of_the_service_or_its_revision() -> None:
    by = naming(name="terraform", tags={"managed-by": "terraform"})
    tags = {"managed-by": "terraform"}

    assert asked(ownership, running(**tags).but(policy=by)) == "OwnedElsewhere"
    assert asked(ownership, A_DRIFTED_SERVICE.with_service(tags=tags).but(policy=by)) == (
        "OwnedElsewhere"
    )


def test_a_named_owner_may_be_overruled_by_its_name() -> None:
    by = naming(**PIPELINE, mode="Enforce")

    assert asked(ownership, made_by(CI).but(policy=by)) is None


@pytest.mark.parametrize("mode", ["Audit", "Patch"])
def test_a_refusal_names_the_owner_and_where_to_say_otherwise(mode: str) -> None:
    said = ownership(made_by(CI).but(policy=naming(**PIPELINE, mode=mode)).candidate)

    assert isinstance(said, Wait)
    assert said.reason.message.startswith(f"ci owns the service, as {CI}, which made the service")
    assert "the mode of ci in owners.named" in said.reason.remedy


def of_another_instance(*, digest: str | None = None) -> Scene:
    tags = {MANAGED_BY: "east", DIGEST: digest or content_digest(BASE_REVISION.document)}
    return A_DRIFTED_SERVICE.but(revision=replace(BASE_REVISION, tags=tags))


def test_what_another_instance_registered_is_left_to_it() -> None:
    overruling = policy(owners={"controller": "Enforce"})

    assert asked(ownership, of_another_instance()) == "OwnedElsewhere"
    assert asked(ownership, of_another_instance().but(policy=overruling)) is None


def returned_by_another(**shown: Any) -> Scene:
    """Return a service that another instance has taken back from its own revision."""
    one = ours(2, **shown)
    theirs = replace(one, tags={**one.tags, MANAGED_BY: "east"})
    return A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, marked(inactive(theirs))))


def test_so_it_is_when_that_has_failed_and_the_service_is_back() -> None:
    overruling = policy(owners={"controller": "Enforce"})
    said = ownership(returned_by_another().candidate)

    assert isinstance(said, Wait)
    assert said.reason.code == "OwnedElsewhere"
    assert "east" in said.reason.message
    assert "of shop:2" in said.reason.message
    assert asked(ownership, returned_by_another().but(policy=overruling)) is None
    assert asked(ownership, returned_by_another(cpu="512")) is None, "a clone of its tags"
    released = returned_by_another().but(revision=revision(3))
    assert asked(ownership, released) is None


def test_what_another_instance_made_for_another_service_is_not_of_this_one() -> None:
    one = ours(2)
    theirs = marked(replace(one, tags={**one.tags, MANAGED_BY: "east"}), SIBLING)

    assert asked(ownership, A_DRIFTED_SERVICE.but(family=family(BASE_REVISION, theirs))) is None


def test_a_release_to_which_the_tags_of_another_instance_were_cloned_is_not_its_own() -> None:
    assert asked(ownership, of_another_instance(digest="of another document")) is None


def test_what_we_registered_for_a_pipeline_is_still_the_pipelines() -> None:
    base = replace(BASE_REVISION, document={**BASE_REVISION.document, "registeredBy": CI})
    ran = A_DRIFTED_SERVICE.set_to(ours(2), started=ago(60)).but(policy=naming(**PIPELINE))

    assert asked(ownership, ran.but(base=NOT_ASKED)) == "look at base"
    assert asked(ownership, ran.but(base=base)) == "OwnedElsewhere"
    assert asked(ownership, ran.but(base=BASE_REVISION)) is None
    assert asked(ownership, ran.but(base=UNREADABLE)) == "AccessDenied"


def test_without_named_owners_nothing_more_is_read() -> None:
    ran = A_DRIFTED_SERVICE.set_to(ours(2), started=ago(60)).but(base=NOT_ASKED)

    assert asked(ownership, ran) is None


def test_tags_that_may_name_an_owner_and_could_not_be_read_refuse() -> None:
    unread = A_DRIFTED_SERVICE.with_service(tags=None)
    terraform = {"name": "tf", "tags": {"by": "tf"}}
    overruling = {"cloudformation": "Enforce", "named": [terraform]}

    assert asked(ownership, unread.but(policy=policy(owners=overruling))) == "AccessDenied"
    all_of_them = overruling | {"default": "Enforce"}
    assert asked(ownership, unread.but(policy=policy(owners=all_of_them))) is None


def test_an_equal_copy_of_ours_corrects_nothing_whose_owner_could_be_asked_for() -> None:
    copy = ours(2, BASE_REVISION.document)
    tags = {COPY_OF: BASE_REVISION.arn, MANAGED_BY: copy.tags[MANAGED_BY]}
    tags |= {DIGEST: content_digest(copy.document), "managed-by": "terraform"}
    scene = A_DRIFTED_SERVICE.but(revision=replace(copy, tags=tags), base=NOT_ASKED)

    assert asked(ownership, scene.but(policy=naming(**PIPELINE))) is None
    by_its_tags = naming(name="terraform", tags={"managed-by": "terraform"})
    assert asked(ownership, scene.but(policy=by_its_tags)) == "OwnedElsewhere"
