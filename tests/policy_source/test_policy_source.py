"""Watching what is written: taken over whole and once it stands still, or refused whole."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.problem import Source
from controller.web.checks import answer
from tests.policy_source.watched import PERIOD, TAKEN_OVER, Memory, named, set_of, watching
from tests.virtual_time import in_virtual_time, virtual_time

A, B = named("a"), named("b")
BAD = A.replace("spec:", "spec:\n  modus: Audit\n  priority: high")


@in_virtual_time
async def test_a_change_is_in_force_once_it_was_read_twice_the_same() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER + PERIOD / 2)
        memory.texts["a.yaml"] = B

        await asyncio.sleep(PERIOD)
        assert watched.names == ["a"], "it was read but once"
        await asyncio.sleep(PERIOD)
        assert watched.names == ["b"]

    assert [one.digest for one in watched.switches] == [set_of(B).digest]


@in_virtual_time
async def test_the_log_tells_a_switch_with_both_digests_and_then_nothing() -> None:
    memory = Memory({"a.yaml": B})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(3600)

    assert watched.log == [
        {
            "event": "the policies were switched",
            "log_level": "info",
            "policy_digest": set_of(B).short_digest,
            "old_policy_digest": set_of(A).short_digest,
        }
    ]
    assert len(memory.looked_into) == 1


@in_virtual_time
async def test_whoever_is_told_of_a_switch_finds_the_new_policies_in_force() -> None:
    async with watching(Memory({"b.yaml": B}), set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)

    assert [one.policies for one in watched.switches] == [set_of(B).policies]


@in_virtual_time
async def test_a_file_that_is_being_written_is_not_looked_into() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        for end in range(0, len(B), 10):
            memory.texts["a.yaml"] = B[:end]
            await asyncio.sleep(PERIOD)
        memory.texts["a.yaml"] = B
        await asyncio.sleep(TAKEN_OVER)

    assert memory.looked_into == [(Source("a.yaml", A),), (Source("a.yaml", B),)]
    assert (watched.names, watched.told("warning")) == (["b"], [])


@in_virtual_time
async def test_a_folder_that_is_being_filled_is_taken_over_when_it_stands_still() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        for name in "bcdef":
            memory.texts[f"{name}.yaml"] = named(name)
            await asyncio.sleep(PERIOD)
        await asyncio.sleep(TAKEN_OVER)

    assert [len(one.policies) for one in watched.switches] == [6]


@in_virtual_time
async def test_a_bad_change_is_refused_and_the_policies_before_stay_in_force() -> None:
    memory = Memory({"a.yaml": A, "b.yaml": B})
    async with watching(memory, set_of(A, B)) as watched:
        memory.texts["a.yaml"] = BAD
        await asyncio.sleep(TAKEN_OVER)

        assert watched.names == ["a", "b"]
        assert watched.switches == []


@in_virtual_time
async def test_a_bad_change_is_told_once_with_every_problem() -> None:
    async with watching(Memory({"a.yaml": BAD}), set_of(A)) as watched:
        await asyncio.sleep(3600)

    assert watched.told("warning") == [
        "the policies have problems",
        "a problem of the policies",
        "a problem of the policies",
    ]
    told = [one["message"] for one in watched.log]
    assert [one.split(": ")[:2] for one in told[1:]] == [
        ["a.yaml:5:3", "UnknownKey"],
        ["a.yaml:6:13", "InvalidValue"],
    ]
    assert {one["policy_digest"] for one in watched.log} == {set_of(A).short_digest}


@in_virtual_time
async def test_another_bad_change_is_told_anew() -> None:
    memory = Memory({"a.yaml": BAD})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        memory.texts["a.yaml"] = "spec: ["
        await asyncio.sleep(TAKEN_OVER)

    assert watched.told("warning").count("the policies have problems") == 2
    assert "a.yaml:1:" in str(watched.source.complaint())


@in_virtual_time
async def test_a_bad_change_is_what_readiness_complains_of() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        ready = {"policy": watched.source.complaint}
        assert answer("readyz", ready).healthy
        memory.texts["a.yaml"] = BAD
        await asyncio.sleep(TAKEN_OVER)

        told = answer("readyz", ready)

    assert not told.healthy
    assert told.text.startswith("[-]policy failed: what is written now is refused")
    assert set_of(A).short_digest in told.text
    assert "a.yaml:5:3: UnknownKey" in told.text
    assert "(and 1 more, see the log)" in told.text


@in_virtual_time
async def test_going_back_to_what_is_in_force_ends_the_complaint_and_switches_nothing() -> None:
    memory = Memory({"a.yaml": BAD})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        memory.texts["a.yaml"] = A
        await asyncio.sleep(TAKEN_OVER)

        assert watched.source.complaint() is None
        await asyncio.sleep(3600)

    assert watched.switches == []
    assert watched.told("info") == ["the policies are valid again"]


@in_virtual_time
async def test_a_bad_change_that_is_mended_comes_in_force() -> None:
    memory = Memory({"a.yaml": BAD})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        memory.texts["a.yaml"] = B
        await asyncio.sleep(TAKEN_OVER)

        assert (watched.source.complaint(), watched.names) == (None, ["b"])

    assert watched.told("info") == ["the policies were switched"]


@in_virtual_time
async def test_the_same_in_other_words_is_no_news() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        memory.texts = {"renamed.yaml": f"# a comment\n{A}"}
        await asyncio.sleep(TAKEN_OVER)

    assert len(memory.looked_into) == 2
    assert (watched.switches, watched.log) == ([], [])


@in_virtual_time
async def test_nothing_at_all_is_a_bad_change_and_not_an_empty_set() -> None:
    memory = Memory({"a.yaml": A})
    async with watching(memory, set_of(A)) as watched:
        memory.texts.clear()
        await asyncio.sleep(TAKEN_OVER)

        assert watched.names == ["a"]
        assert "no policy was given" in str(watched.source.complaint())


@in_virtual_time
async def test_it_shows_that_it_is_alive_with_every_reading() -> None:
    async with watching(Memory({"a.yaml": A}), set_of(A)) as watched:
        await asyncio.sleep(4 * PERIOD + 1)

    assert watched.beats == [0, PERIOD, 2 * PERIOD, 3 * PERIOD, 4 * PERIOD]


STEPS = st.lists(
    st.tuples(st.sampled_from([A, B, BAD, "", "spec: ["]), st.sampled_from([1.0, 4.0, 11.0, 60.0]))
)


@given(STEPS)
def test_in_force_is_the_last_good_text_that_stood_still(steps: list[tuple[str, float]]) -> None:
    good = {A: ["a"], B: ["b"]}

    async def follow() -> None:
        memory, expected = Memory({"p.yaml": A}), ["a"]
        async with watching(memory, set_of(A)) as watched:
            for text, seconds in steps:
                memory.texts["p.yaml"] = text
                await asyncio.sleep(seconds)
                if seconds > 2 * PERIOD:
                    expected = good.get(text, watched.names)
                    assert watched.names == expected
                    assert (watched.source.complaint() is None) == (text in good)
                assert watched.names in good.values()

    with virtual_time() as runner:
        runner.run(follow())
