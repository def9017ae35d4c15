"""`approve policy`: a person's yes, said once and told."""

from __future__ import annotations

import pytest

from controller.core.refs import ClusterRef
from controller.core.state.approvals import Approvals
from tests.cli.program import Fleet, ecs_logging

PROD = ClusterRef("111122223333", "eu-central-1", "aws", "prod")
DIGEST = "1a2b3c4d5e6f7a8b"


def held(**approvals: tuple[str, ...]) -> Fleet:
    """Return a fleet in whose cluster `prod` a set is held."""
    return Fleet(held=(PROD,), approvals=Approvals((PROD,), (), approvals.get("failed", ())))


@pytest.mark.parametrize("digest", [DIGEST, DIGEST * 4])
def test_a_set_is_approved_by_its_short_digest_or_its_whole_one(digest: str) -> None:
    fleet = held()

    result = ecs_logging("approve", "policy", digest, fleet=fleet)

    assert result.exit_code == 0
    assert fleet.looks == [f"approved {DIGEST}"]
    assert result.stdout == f"eu-central-1 cluster/prod: approved the policies {DIGEST}\n"


@pytest.mark.parametrize("digest", ["", "production", DIGEST[:-1], DIGEST + "0", DIGEST.upper()])
def test_what_is_no_digest_is_refused(digest: str) -> None:
    fleet = held()

    result = ecs_logging("approve", "policy", digest, fleet=fleet)

    assert result.exit_code == 2
    assert "no digest of policies" in result.stderr
    assert fleet.looks == []


def test_the_scope_is_that_of_region_and_cluster() -> None:
    fleet = held()

    options = ("--region", "eu-central-1,us-east-1", "--cluster", "prod")
    ecs_logging("approve", "policy", DIGEST, *options, fleet=fleet)

    assert fleet.settings is not None
    assert fleet.settings.regions == ("eu-central-1", "us-east-1")
    assert fleet.settings.clusters == ("prod",)


def test_where_nobody_asks_for_it_nothing_is_approved() -> None:
    fleet = Fleet(approvals=Approvals((), (PROD,), ()))

    result = ecs_logging("approve", "policy", DIGEST, fleet=fleet)

    assert result.exit_code == 0
    assert result.stdout == "Nothing was approved: 1 cluster did not ask for it.\n"


def test_what_could_not_be_written_is_an_error() -> None:
    fleet = held(failed=("cluster/two: TagResource: AccessDeniedException: no",))

    result = ecs_logging("approve", "policy", DIGEST, fleet=fleet)

    assert result.exit_code == 1
    assert "cluster/two: TagResource" in result.stderr
