"""What a probe is told, word by word as Kubernetes' components tell it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.web.checks import Answer, answer, answer_one


def sound() -> str | None:
    return None


def broken() -> str | None:
    return "no answer from AWS for 90 s"


def raises() -> str | None:
    raise RuntimeError("with a secret in it")


def test_all_well_is_ok_and_nothing_more() -> None:
    assert answer("healthz", {"loops": sound, "lease": sound}) == Answer(True, "ok")
    assert answer("healthz", {}) == Answer(True, "ok")


def test_verbose_lists_the_checks_sorted_by_name() -> None:
    said = answer("healthz", {"loops": sound, "lease": sound}, verbose=True)

    assert said == Answer(True, "[+]lease ok\n[+]loops ok\nhealthz check passed\n")


def test_a_failure_is_told_in_full_though_nobody_asked_for_it() -> None:
    said = answer("readyz", {"policy": sound, "aws": broken})

    assert said == Answer(
        False,
        "[-]aws failed: no answer from AWS for 90 s\n[+]policy ok\nreadyz check failed\n",
    )


def test_an_excluded_check_is_not_run_and_cannot_fail() -> None:
    checks = {"aws": raises, "policy": sound}

    assert answer("readyz", checks, excluded=["aws"]) == Answer(True, "ok")
    assert answer("readyz", checks, excluded=["aws"], verbose=True) == Answer(
        True, "[+]aws excluded: ok\n[+]policy ok\nreadyz check passed\n"
    )


def test_excluding_what_does_not_exist_is_warned_about() -> None:
    said = answer("readyz", {"policy": sound}, excluded=["polcy", "polcy"], verbose=True)

    assert said == Answer(
        True, "[+]policy ok\nwarn: cannot exclude 'polcy': no such check\nreadyz check passed\n"
    )


def test_a_check_that_raises_fails_without_telling_what_the_error_says() -> None:
    said = answer("healthz", {"aws": raises})

    assert not said.healthy
    assert said.text == (
        "[-]aws failed: the check itself raised RuntimeError\nhealthz check failed\n"
    )


def test_a_single_check_answers_for_itself() -> None:
    assert answer_one(sound) == Answer(True, "ok")
    assert answer_one(broken) == Answer(False, "failed: no answer from AWS for 90 s\n")


@given(st.dictionaries(st.from_regex(r"[a-z-]{1,8}", fullmatch=True), st.none() | st.text()))
def test_every_check_has_one_line_whatever_its_reason(reasons: dict[str, str | None]) -> None:
    checks = {name: (lambda reason=reason: reason) for name, reason in reasons.items()}
    said = answer("healthz", checks, verbose=True)
    *lines, last = said.text.removesuffix("\n").split("\n")

    assert said.healthy == all(reason is None for reason in reasons.values())
    assert [(line[3:].split(" ")[0], line[:3]) for line in lines] == [
        (name, "[+]" if reasons[name] is None else "[-]") for name in sorted(reasons)
    ]
    assert last == f"healthz check {'passed' if said.healthy else 'failed'}"
