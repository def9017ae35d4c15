from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import DeniedError, RetryError, UsageError
from tests.cli.program import Fleet, ecs_logging, policy_in

SECRET = "hunter2"
FAULT = RuntimeError(SECRET)
DENIED = DeniedError("GetCallerIdentity", "ExpiredToken", "the token has expired")


@pytest.mark.parametrize("verb", ["audit", "plan", "run"])
@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (UsageError("no Region is known"), 2, "Error: no Region is known\n"),
        (DENIED, 1, "Error: GetCallerIdentity: ExpiredToken: the token has expired\n"),
        (
            ExceptionGroup("several", [ExceptionGroup("inner", [DENIED]), UsageError("mend it")]),
            2,
            "Error: mend it\n",
        ),
        (
            ExceptionGroup("several", [RetryError("ListClusters", "Timeout", "no answer"), DENIED]),
            1,
            "Error: ListClusters: Timeout: no answer\n",
        ),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_code(
    tmp_path: Path, verb: str, error: Exception, code: int, sentence: str
) -> None:
    result = ecs_logging(verb, "--policy", policy_in(tmp_path), fleet=Fleet(error=error))

    assert result.exit_code == code
    assert result.stderr.startswith(sentence)
    assert "Traceback" not in result.output


def test_a_fault_of_ours_says_where_it_is_and_nothing_of_what_it_held(tmp_path: Path) -> None:
    result = ecs_logging("audit", "--policy", policy_in(tmp_path), fleet=Fleet(error=FAULT))

    assert result.exit_code == 1
    assert "an unexpected RuntimeError in _looked, line " in result.stderr
    assert "--debug" in result.stderr
    assert SECRET not in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "env"), [(["--debug"], {}), ([], {"ECS_LOGGING_DEBUG": "1"})]
)
def test_debug_shows_where_an_error_came_from(
    tmp_path: Path, arguments: list[str], env: dict[str, str]
) -> None:
    policy = policy_in(tmp_path)

    result = ecs_logging(*arguments, "audit", "--policy", policy, fleet=Fleet(error=FAULT), env=env)

    assert result.exit_code == 1
    assert "Traceback" in result.stderr
