from __future__ import annotations

import pytest

from controller.core.refs import ClusterRef, LogGroupRef, Ref, ServiceRef, ref_of

PLACE = ("111122223333", "eu-central-1", "aws-us-gov")


@pytest.mark.parametrize(
    "ref",
    [
        ServiceRef(*PLACE, "prod", "web"),
        ClusterRef(*PLACE, "prod"),
        LogGroupRef(*PLACE, "/ecs/prod/web"),
        LogGroupRef(*PLACE, "odd:service/name"),
    ],
    ids=str,
)
def test_a_ref_is_found_again_by_its_arn(ref: Ref) -> None:
    assert ref_of(ref.arn) == ref


@pytest.mark.parametrize(
    "arn",
    ["", "web", "arn:aws:ecs:eu-central-1:1:service/web", "arn:aws:ecs:x:1:task/prod/1", "arn:a:b"],
)
def test_what_we_do_not_look_after_has_no_ref(arn: str) -> None:
    assert ref_of(arn) is None
