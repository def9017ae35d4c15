"""The whole program, given what it cannot use: a sentence and an exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.sandbox import Sandbox
from tests.e2e import world
from tests.e2e.process import Program, program

GOOD = world.POLICY
BAD = {
    "malformed": ("spec: [", "Syntax"),
    "empty": ("", "NoPolicies"),
    "unknown-key": (GOOD.replace("mode: Enforce", "modus: Enforce"), "UnknownKey"),
    "wrong-type": (GOOD.replace("{total: 4}", "{total: many}"), "InvalidValue"),
    "not-yet": (GOOD + "  acceptLoss: []\n", "NotYet"),
    "unquoted-template": (GOOD.replace('"/ecs/{cluster}/{service}"', "{cluster}"), "Unquoted"),
    "bad-retention": (GOOD.replace("30}", "31}"), "InvalidValue"),
}


@pytest.mark.parametrize(("text", "reason"), BAD.values(), ids=BAD)
def test_a_bad_policy_is_refused_with_its_place(text: str, reason: str, tmp_path: Path) -> None:
    path = world.policy(tmp_path, text)

    ended = program(None, tmp_path).run("policy", "validate", path)

    assert ended.code == 2
    assert f"{path}:" in ended.out + ended.err
    assert reason in ended.out + ended.err


@pytest.mark.parametrize("verb", [("audit",), ("plan",), ("run", "--once")], ids=" ".join)
def test_no_verb_starts_with_a_bad_policy(verb: tuple[str, ...], tmp_path: Path) -> None:
    path = world.policy(tmp_path, BAD["unknown-key"][0])

    ended = program(None, tmp_path).run(*verb, "--policy", path)

    assert ended.code == 2
    assert "did you mean" in (ended.out + ended.err).lower()


def test_a_policy_that_is_not_there_or_is_binary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))

    missing = program(None, tmp_path).run("audit", "--policy", "nowhere.yaml")
    binary = program(None, tmp_path).run("audit", "--policy", "binary.yaml")

    assert (missing.code, binary.code) == (2, 2)
    assert "nowhere.yaml" in missing.out + missing.err
    assert "binary.yaml" in binary.out + binary.err


def test_without_credentials_it_says_how_to_give_them(tmp_path: Path) -> None:
    bare = program(None, tmp_path)
    del bare.environment["AWS_ACCESS_KEY_ID"]

    ended = bare.run("audit", "--policy", world.policy(tmp_path))

    assert ended.code == 2
    assert "AWS_PROFILE" in ended.err


def test_an_unknown_region_is_named(tmp_path: Path) -> None:
    ended = program(None, tmp_path).run(
        "audit", "--region", "moon-base-1", "--policy", world.policy(tmp_path)
    )

    assert ended.code == 2
    assert "moon-base-1" in ended.err


def test_no_region_at_all_is_asked_for(tmp_path: Path) -> None:
    bare = program(None, tmp_path)
    del bare.environment["AWS_DEFAULT_REGION"]

    ended = bare.run("audit", "--policy", world.policy(tmp_path))

    assert ended.code == 2
    assert "--region" in ended.err


def test_a_cluster_that_nobody_has_makes_the_report_incomplete(
    sandbox: Sandbox, ecs_logging: Program, tmp_path: Path
) -> None:
    world.cluster(sandbox)

    ended = ecs_logging.run("audit", "--cluster", "nowhere", "--policy", world.policy(tmp_path))

    assert ended.code == 4
    assert "nowhere" in ended.out
