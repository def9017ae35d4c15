"""log-driver: every container logs to a destination of the policy, or in a shape it accepts."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.document.edit import Set
from controller.core.document.json import MISSING, Json, Missing
from controller.core.document.path import named
from controller.core.judge.finding import UNDECIDED
from controller.core.service.task_definition import CONTAINERS
from tests.core.service.given import (
    awslogs,
    container,
    destination,
    judged,
    logging_by,
    policy,
    task_definition,
)
from tests.core.service.rules.tables import LOGS, edits_of, only, said_by

RULE = "log-driver"
WANTED = Set(LOGS, awslogs())
DATADOG = {"driver": "awsfirelens", "output": "datadog", "secret_options": ("apikey",)}
FROM_SECRET = [{"name": "apikey", "valueFrom": "arn:secret"}]


def to(output: str, *secrets: Json) -> dict[str, Json]:
    """Return a log configuration of FireLens with this output."""
    return logging_by("awsfirelens", options={"Name": output}, secretOptions=list(secrets))


@pytest.mark.parametrize(
    "logs",
    [
        pytest.param(MISSING, id="[2.24] nothing"),
        pytest.param(None, id="null"),
        pytest.param({}, id="an empty one"),
        pytest.param("awslogs", id="a text"),
        pytest.param(["awslogs"], id="a list"),
        pytest.param({"logDriver": None}, id="a null driver"),
        pytest.param({"logDriver": 7}, id="a number for a driver"),
        pytest.param({"logDriver": "AWSLOGS"}, id="another spelling"),
        pytest.param(logging_by("json-file"), id="[1.2] json-file"),
        pytest.param(logging_by("none"), id="[1.2] none"),
        pytest.param(
            logging_by("splunk", options={"splunk-url": "u"}, secretOptions=FROM_SECRET),
            id="splunk, of which nothing stays",
        ),
    ],
)
def test_a_container_that_does_not_log_to_a_destination_gets_it_whole(logs: Json | Missing) -> None:
    assert edits_of(RULE, logs) == [WANTED]


def test_awslogs_is_left_to_the_rules_for_its_options() -> None:
    assert edits_of(RULE, awslogs(awslogs_group=None, mode="blocking")) == []


@pytest.mark.parametrize(
    ("awslogs_of", "options"),
    [
        pytest.param({"mode": "blocking"}, {"mode": "blocking"}, id="blocking"),
        pytest.param({"max_buffer_size": "25m"}, {"max-buffer-size": "25m"}, id="with a buffer"),
        pytest.param(
            {"group": "/{cluster}/{container}", "region": "us-east-1", "stream_prefix": "{family}"},
            {
                "awslogs-group": "/prod/web",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "shop",
            },
            id="templates",
        ),
    ],
)
def test_the_destination_is_the_policys(
    awslogs_of: dict[str, Any], options: dict[str, Json]
) -> None:
    logs = awslogs()
    merged = {**dict(logs), "options": {**dict(logs["options"]), **options}}  # type: ignore[arg-type]  # an object

    assert edits_of(RULE, MISSING, destinations=(destination(**awslogs_of),)) == [Set(LOGS, merged)]


@pytest.mark.parametrize(
    ("shape", "logs", "accepted"),
    [
        pytest.param({"driver": "splunk"}, logging_by("splunk"), True, id="a driver"),
        pytest.param({"driver": "splunk"}, logging_by("gelf"), False, id="another driver"),
        pytest.param(
            {"driver": "gelf", "options": {"gelf-address": "udp://10.*"}},
            logging_by("gelf", options={"gelf-address": "udp://10.0.0.1"}),
            True,
            id="an option that fits",
        ),
        pytest.param(
            {"driver": "gelf", "options": {"gelf-address": "udp://10.*"}},
            logging_by("gelf", options={"gelf-address": "tcp://10.0.0.1"}),
            False,
            id="an option that does not",
        ),
        pytest.param(
            {"driver": "gelf", "options": {"gelf-address": "*"}},
            logging_by("gelf"),
            False,
            id="an option that is missing",
        ),
        pytest.param(
            {"driver": "gelf", "options": {"gelf-address": "*"}},
            logging_by("gelf", options={"gelf-address": 7}),
            False,
            id="an option that is no text",
        ),
        pytest.param(
            {"driver": "gelf", "options": {"tag": "[a]*"}},
            logging_by("gelf", options={"tag": "[a]bc"}),
            True,
            id="a bracket is a bracket",
        ),
        pytest.param(
            {"driver": "splunk", "secret_options": ("splunk-token",)},
            logging_by("splunk", secretOptions=[{"name": "splunk-token", "valueFrom": "arn"}]),
            True,
            id="a secret",
        ),
        pytest.param(
            {"driver": "splunk", "secret_options": ("splunk-token",)},
            logging_by("splunk", options={"splunk-token": "plain"}),
            False,
            id="a secret that is none",
        ),
        pytest.param({"driver": "awslogs"}, awslogs(), True, id="awslogs"),
        pytest.param(
            {"driver": "awsfirelens", "output": "datadog"},
            logging_by("awsfirelens", options={"@type": "datadog"}),
            True,
            id="[3.17] an output of Fluentd",
        ),
        pytest.param(
            {"driver": "awsfirelens", "output": "datadog", "options": {"Host": "*.eu"}},
            logging_by("awsfirelens", options={"Name": "datadog", "Host": "intake.eu"}),
            True,
            id="an output with an option that fits",
        ),
    ],
)
def test_a_shape_that_the_policy_accepts_stays(
    shape: dict[str, object], logs: dict[str, Json], *, accepted: bool
) -> None:
    assert (edits_of(RULE, logs, accept=(shape,)) == []) is accepted


@pytest.mark.parametrize(
    ("logs", "accepted"),
    [
        pytest.param(to("datadog", *FROM_SECRET), True, id="its output and its secret"),
        pytest.param(to("datadog"), False, id="without its secret"),
        pytest.param(to("splunk", *FROM_SECRET), False, id="another output"),
    ],
)
def test_a_container_that_logs_through_a_router_is_accepted_or_refused_never_edited(
    logs: dict[str, Json], *, accepted: bool
) -> None:
    verdict = said_by(RULE, logs, accept=(DATADOG,))

    blocked = [one.blocked for one in verdict.judgement.findings]
    assert blocked == ([] if accepted else ["RouterInUse"])  # [fact 3.1]
    assert verdict.judgement.edits == ()


def test_the_router_itself_is_a_container_like_any_other() -> None:
    router = container("router", firelensConfiguration={"type": "fluentbit"})
    verdict = judged(task_definition(router), only(RULE))

    assert len(verdict.enforced) == 1


def test_an_excluded_container_is_left_alone() -> None:
    by = policy(containers={"exclude": ({"names": ("agent",)}, {"images": ("*/envoy*",)})})
    envoy = container("proxy", image="mesh/envoy:2")
    verdict = judged(task_definition(container("agent"), envoy, container("app")), by)

    assert {one.container for one in verdict.judgement.findings} == {"app"}


def test_a_container_logs_to_the_first_destination_that_selects_it() -> None:
    audit = {**destination(group="/audit"), "containers": ({"names": ("audit-*",)},)}
    by = policy(destinations=(audit, destination()))
    verdict = judged(task_definition(container("audit-db"), container("web")), by)

    put = [edit.value for edit in verdict.enforced if isinstance(edit, Set)]
    assert put == [awslogs(awslogs_group="/audit"), awslogs()]


def test_a_destination_that_needs_a_name_that_is_not_known_is_undecided() -> None:
    by = only(RULE, destinations=(destination(group="/ecs/{cluster}"),))
    verdict = judged(task_definition(container()), by, names={"cluster": None})

    [finding] = verdict.judgement.findings
    assert (finding.blocked, finding.fixable) == (UNDECIDED, False)
    assert "cluster" in finding.message


@pytest.mark.parametrize("name", ["a.b", "c]d", "größe", "x/y~z", "[name=web]", "", " "])
def test_a_container_of_any_name_can_be_mended(name: str) -> None:
    verdict = judged(task_definition(container("db"), container(name)), only(RULE))

    last = verdict.enforced[-1]
    assert last.path == CONTAINERS / named(name) / "logConfiguration"
    assert judged(verdict.proposed, only(RULE)).judgement.findings == ()
