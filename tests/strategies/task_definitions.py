"""Task definitions as people register them, with logging right, wrong, odd and absent."""

from __future__ import annotations

from hypothesis import strategies as st

from controller.core.document.json import Json
from tests.strategies.json_values import json_values

Members = dict[str, Json]

NAMES = st.sampled_from(["web", "app", "log_router", "envoy", "a.b", "c]d", "größe", "x/y~z"])
SIZES = st.sampled_from(["1m", "10m", "25m", "25M", "64mb", "1g", "1048576", "", "much"])
OPTIONS: st.SearchStrategy[Members] = st.fixed_dictionaries(
    {},
    optional={
        "awslogs-group": st.sampled_from(["/ecs/shop", "/ecs/old/web", "other", ""]),
        "awslogs-region": st.sampled_from(["eu-central-1", "us-east-1"]),
        "awslogs-stream-prefix": st.sampled_from(["ecs", "web", " "]),
        "awslogs-create-group": st.sampled_from(["true", "false", "True"]),
        "awslogs-datetime-format": st.just("%Y-%m-%d"),
        "awslogs-multiline-pattern": st.just("^INFO"),
        "mode": st.sampled_from(["blocking", "non-blocking", "other"]),
        "max-buffer-size": SIZES,
        "awslogs-endpoint": st.just("https://logs.example.com"),
        "Name": st.sampled_from(["datadog", "cloudwatch"]),
        "splunk-url": st.just("https://splunk.example.com"),
    },
)
SECRET_OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["splunk-token", "apikey"]), "valueFrom": st.just("arn:secret")}
    ),
    max_size=2,
)
DRIVERS = st.sampled_from(["awslogs", "awslogs", "awslogs", "awsfirelens", "splunk", "json-file"])
LOG_CONFIGURATIONS: st.SearchStrategy[Members] = st.fixed_dictionaries(
    {"logDriver": DRIVERS}, optional={"options": OPTIONS, "secretOptions": SECRET_OPTIONS}
)
PORTS: st.SearchStrategy[Members] = st.fixed_dictionaries(
    {"containerPort": st.integers(1, 3)},
    optional={"hostPort": st.integers(0, 3), "protocol": st.sampled_from(["tcp", "udp"])},
)
ENVIRONMENT: st.SearchStrategy[Members] = st.fixed_dictionaries(
    {"name": st.sampled_from(["A", "B"]), "value": st.text(max_size=4)}
)
CONTAINERS: st.SearchStrategy[Members] = st.fixed_dictionaries(
    {"name": NAMES, "image": st.sampled_from(["shop/web:1", "mesh/envoy:2"])},
    optional={
        "logConfiguration": LOG_CONFIGURATIONS,
        "firelensConfiguration": st.just({"type": "fluentbit"}),
        "user": st.sampled_from(["0", "1000"]),
        "cpu": st.integers(0, 2),
        "essential": st.booleans(),
        "portMappings": st.lists(PORTS, max_size=2),
        "environment": st.lists(ENVIRONMENT, max_size=2),
        "mountPoints": st.just([]),
        "memberOfTomorrow": json_values(),
    },
)


@st.composite
def task_definitions(draw: st.DrawFn) -> Members:
    """Draw the body of a RegisterTaskDefinition; container names are unique, as ECS has it."""
    containers = st.lists(CONTAINERS, max_size=4, unique_by=lambda one: str(one["name"]))
    body: Members = {"family": "shop", "containerDefinitions": list(draw(containers))}
    rest: Members = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "networkMode": st.sampled_from(["awsvpc", "bridge", "host"]),
                "requiresCompatibilities": st.sampled_from([["FARGATE"], ["EC2"]]),
                "volumes": st.just([]) | st.just([{"name": "data"}]),
                "executionRoleArn": st.just("arn:aws:iam::111122223333:role/execution"),
                "memberOfTomorrow": json_values(),
            },
        )
    )
    return body | rest
