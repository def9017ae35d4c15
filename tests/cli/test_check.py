from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.program import ecs_logging, policy_in

DEPLOYED = "cluster=prod,service=web,region=eu-west-1,defaultLogDriverMode=non-blocking"
BARE = """\
{
  "family": "shop",
  "containerDefinitions": [
    {"name": "web", "image": "shop/web:1", "environment": [{"name": "PW", "value": "hunter2"}]}
  ]
}
"""
LOGGING = json.dumps(
    {
        "family": "shop",
        "containerDefinitions": [
            {
                "name": "web",
                "image": "shop/web:1",
                "logConfiguration": {
                    "logDriver": "awslogs",
                    "options": {
                        "awslogs-group": "/ecs/prod",
                        "awslogs-region": "eu-west-1",
                        "awslogs-stream-prefix": "web",
                    },
                },
            }
        ],
    }
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy that is valid."""
    return policy_in(tmp_path)


def file_in(folder: Path, text: str | bytes, name: str = "web.json") -> Path:
    """Write a file, and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_each_finding_has_the_place_of_what_is_wrong(tmp_path: Path, policy: Path) -> None:
    file = file_in(tmp_path, BARE)

    result = ecs_logging("check", file, "--policy", policy, "--context", DEPLOYED)

    assert (
        result.stdout
        == f"""\
{file}:4:5: High log-driver
  container web has no log configuration

1 of 1 task definition is not as the policy says.
1 Drifted
"""
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("text", "context", "fail_on", "code"),
    [
        (LOGGING, DEPLOYED, "Low", 0),
        (BARE, DEPLOYED, "High", 3),
        (BARE, DEPLOYED, "Critical", 0),
        (BARE, "cluster=prod", None, 4),
        (LOGGING, "cluster=prod,service=web,region=eu-west-1", "Low", 4),
        ("{", DEPLOYED, "Low", 1),
    ],
)
def test_the_exit_code_tells_how_it_went(
    tmp_path: Path, policy: Path, text: str, context: str, fail_on: str | None, code: int
) -> None:
    threshold = [] if fail_on is None else ["--fail-on", fail_on]

    result = ecs_logging(
        *("check", file_in(tmp_path, text), "--policy", policy, "--context", context), *threshold
    )

    assert result.exit_code == code


def test_what_a_policy_needs_and_nobody_says_is_undecided(tmp_path: Path) -> None:
    policy = policy_in(tmp_path, policy_in(tmp_path).read_text().replace('["*"]', '["prod-*"]'))

    result = ecs_logging("check", file_in(tmp_path, LOGGING), "--policy", policy)

    assert result.exit_code == 4
    assert "web.json:1:1: Undecided shop" in result.stdout
    assert "selects by the cluster, not known here" in result.stdout


def test_several_files_are_checked_and_one_that_is_broken_spoils_nothing(
    tmp_path: Path, policy: Path
) -> None:
    bad, good = file_in(tmp_path, "{,}", "bad.json"), file_in(tmp_path, BARE)

    result = ecs_logging("check", bad, good, "--policy", policy, "--context", DEPLOYED)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{bad}:1:2: Syntax: a key in double quotes is wanted here\n")
    assert f"{good}:4:5: High log-driver" in result.stdout


def test_a_directory_may_hold_other_files(tmp_path: Path, policy: Path) -> None:
    folder = tmp_path / "defs"
    (folder / "deep").mkdir(parents=True)
    file_in(folder, '{"name": "package"}', "package.json")
    file_in(folder / "deep", BARE)

    result = ecs_logging("check", folder, "--policy", policy, "--context", DEPLOYED)

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{folder}/deep/web.json:4:5" in result.stdout


def test_a_task_definition_may_come_by_standard_input(policy: Path) -> None:
    result = ecs_logging("check", "-", "--policy", policy, "--context", DEPLOYED, stdin=BARE)

    assert result.stdout.startswith("(standard input):4:5: High log-driver\n")


def test_the_json_has_the_shape_of_every_report(tmp_path: Path, policy: Path) -> None:
    file = file_in(tmp_path, BARE)

    result = ecs_logging(
        *("check", file, "--policy", policy, "--context", DEPLOYED, "--output", "json")
    )

    told = json.loads(result.stdout)
    (target,) = told["targets"]
    (finding,) = target["findings"]
    assert told["schemaVersion"] == 1
    assert (target["kind"], target["name"], target["arn"]) == ("task-definition", "shop", None)
    assert (target["cluster"], target["service"], target["sync"]) == ("prod", "web", "Drifted")
    assert (finding["file"], finding["line"], finding["column"]) == (str(file), 4, 5)


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ("cluster", "'cluster' is not key=value"),
        ("cluster=", "'cluster=' is not key=value"),
        ("custer=prod", "did you mean cluster?"),
        ("zone=1", "known: account, cluster"),
        ("cluster=a,cluster=b", "cluster is said twice"),
        ("defaultLogDriverMode=fast", "blocking or non-blocking, not 'fast'"),
        ("launchType=FARGATE_SPOT", "FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES, not"),
        ("schedulingStrategy=x", "REPLICA or DAEMON, not 'x'"),
        ("deploymentController=x", "ECS, CODE_DEPLOY or EXTERNAL, not 'x'"),
        ("tags=payments", "did you mean tags.KEY?"),
        ("tags.team=a,tag:team=b", "the tag team is said twice"),
        ("tags.team=a,tags=none", "there is a tag team, and there are none"),
        ("tags=none,tags.team=a", "there is a tag team, and there are none"),
    ],
)
def test_a_context_that_says_nothing_is_refused(
    tmp_path: Path, policy: Path, context: str, told: str
) -> None:
    result = ecs_logging("check", file_in(tmp_path, BARE), "--policy", policy, "--context", context)

    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ("launchType=EC2,launchType=FARGATE,tags.team=payments", "nothing is against the policy"),
        ("launchType=EC2,tag:team=payments", "no policy matches"),
        ("launchType=FARGATE,tags=none", "no policy matches"),
        ("launchType=FARGATE", "selects by the tags, not known here"),
    ],
)
def test_the_context_tells_what_policies_select_by(
    tmp_path: Path, policy: Path, context: str, told: str
) -> None:
    by = "{launchTypes: [FARGATE], tags: {matchLabels: {team: payments}}}"
    policy.write_text(policy.read_text().replace('{clusters: ["*"]}', by))

    result = ecs_logging(
        *("check", file_in(tmp_path, LOGGING), "--policy", policy),
        *("--context", DEPLOYED, "--context", context),
    )

    assert told in result.stdout


def test_paths_at_which_there_is_nothing_are_all_named(tmp_path: Path, policy: Path) -> None:
    result = ecs_logging("check", tmp_path / "a", tmp_path / "b", "--policy", policy)

    assert result.exit_code == 2
    assert f"{tmp_path / 'a'}, {tmp_path / 'b'}" in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"\x7fELF\x80\xff", "is not UTF-8"),
        (b"{}", "holds no task definition"),
        (b'{"Resources": {}}', "holds no task definition"),
        (b"[" * 99_999, "nested deeper than 50"),
        (b'{"containerDefinitions": [{"name": "\\ud83d"}]}', "a lone surrogate"),
        (b'{"a": "\x00"}', "must be escaped"),
    ],
)
def test_what_is_no_task_definition_is_a_problem(
    tmp_path: Path, policy: Path, content: bytes, told: str
) -> None:
    result = ecs_logging("check", file_in(tmp_path, content), "--policy", policy)

    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""


def test_an_empty_directory_is_a_problem(tmp_path: Path, policy: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = ecs_logging("check", tmp_path / "empty", "--policy", policy)

    assert result.exit_code == 1
    assert "holds no task definition" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_what_may_not_be_read_is_a_problem(tmp_path: Path, policy: Path) -> None:
    file = file_in(tmp_path, BARE)
    file.chmod(0)

    result = ecs_logging("check", file, "--policy", policy)

    assert result.exit_code == 1
    assert "Permission denied" in result.stderr


@pytest.mark.parametrize(
    "odd",
    [
        '{"containerDefinitions": null}',
        '{"containerDefinitions": {"name": "x"}}',
        '{"containerDefinitions": [1, null, [], {"name": 3}]}',
        '{"containerDefinitions": [{"name": "x", "logConfiguration": "awslogs"}]}',
        '{"containerDefinitions": [{"name": "x", "logConfiguration": {"options": []}}]}',
        '{"containerDefinitions": [{"name": "\\u0000\\u001b[31m"}], "family": 7}',
    ],
)
def test_an_odd_task_definition_is_judged_or_refused_without_a_fault(
    tmp_path: Path, policy: Path, odd: str
) -> None:
    result = ecs_logging("check", file_in(tmp_path, odd), "--policy", policy, "--context", DEPLOYED)

    assert "unexpected" not in result.stderr
    assert "\x1b" not in result.stdout


def test_no_value_of_the_environment_is_shown(tmp_path: Path, policy: Path) -> None:
    one_line = json.dumps(json.loads(BARE))
    told = [
        ecs_logging("check", file_in(tmp_path, text), "--policy", policy, "--output", form).output
        for text in (BARE, one_line, one_line[:-1])
        for form in ("table", "json", "yaml")
    ]

    assert [text for text in told if "hunter2" in text] == []
