"""How far a policy has come: what does not change it, need not be told to those who wait."""

from __future__ import annotations

from dataclasses import replace

from controller.core.pace.progress import progress
from tests.core.pace.fleet import done, drifted, flying, named

LEFT = [drifted("canary-1"), drifted("canary-2"), drifted("main-1", 1)]


def test_nobody_need_be_told_that_one_more_of_many_is_done() -> None:
    before = progress("production", [done("canary-0", at=60), *LEFT], ())
    after = progress("production", [done("canary-0", at=60), done("canary-1"), *LEFT[1:]], ())

    assert before == after


def test_the_front_moves_when_the_last_of_a_wave_is_done() -> None:
    canaries = [done("canary-1", at=60), done("canary-2")]

    assert progress("production", LEFT, ()).front == 0
    assert progress("production", [*canaries, *LEFT[2:]], ()).front == 1
    assert progress("production", canaries, ()).front is None
    assert progress("production", [replace(LEFT[0], rollable=False)], ()).front is None
    assert progress("production", [flying("canary-1")], ()).front == 0


def test_who_goes_first_concerns_all_until_one_has_proven_the_change() -> None:
    first = named("canary-1")

    assert progress("production", [flying("canary-1")], ()).flying == {first}
    assert progress("production", LEFT, {first}).flying == {first}
    proven = progress("production", [flying("canary-1"), done("canary-0", at=1)], ())
    assert proven.proven == {named("canary-0")}
    assert proven.flying == frozenset()


def test_other_policies_are_not_looked_at() -> None:
    foreign = [replace(one, policy="other") for one in (*LEFT, done("x", at=1))]

    assert progress("production", foreign, {named("x")}) == progress("production", [], ())
