"""A small AWS for the tests of the process: a cluster, a few services, and a policy for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from controller.sandbox import DEFAULT_ACCOUNT, DEFAULT_REGION, Sandbox
from controller.sandbox.wire import Http

_TARGETS = {"ecs": "AmazonEC2ContainerServiceV20141113", "logs": "Logs_20140328"}

POLICY = """
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  mode: Enforce
  match: [{clusters: ["prod"]}]
  destinations:
    - awslogs: {group: "/ecs/{cluster}/{service}", streamPrefix: "{service}"}
  logGroup: {create: true, retentionInDays: 30}
  rollout:
    maxConcurrent: {total: 4}
    maxPer: {share: 100%, in: 24h}
    bakeTime: 1s
    progressDeadline: 6s
    cooldown: 0s
"""


def call(sandbox: Sandbox, service: str, operation: str, /, **body: Any) -> Any:  # JSON
    """Make one call as somebody else than the controller; not recorded."""
    headers = {
        "authorization": f"AWS4-HMAC-SHA256 Credential=SEED/20260105/{DEFAULT_REGION}/{service}"
        "/aws4_request",
        "x-amz-target": f"{_TARGETS[service]}.{operation}",
        "content-type": "application/x-amz-json-1.1",
    }
    url = f"https://{service}.{DEFAULT_REGION}.amazonaws.com/"
    http = Http("POST", url, headers, json.dumps(body).encode())
    recorded = sandbox.receive(http)
    answer = json.loads(sandbox.execute(http, recorded).body)
    sandbox.requests.remove(recorded)
    assert "__type" not in answer, answer
    return answer


def cluster(sandbox: Sandbox, name: str = "prod") -> None:
    """Make a cluster."""
    call(sandbox, "ecs", "CreateCluster", clusterName=name)


def service(
    sandbox: Sandbox,
    name: str,
    *,
    cluster: str = "prod",
    log_configuration: dict[str, Any] | None = None,
    breaker: bool = False,
) -> str:
    """Make a Fargate service of two tasks that has completed its deployment; return its ARN."""
    container: dict[str, Any] = {
        "name": "app",
        "image": "example.com/app:1",
        "environment": [{"name": "TOKEN", "value": f"CANARY-{name.encode().hex():0>12}"}],
    }
    if log_configuration is not None:
        container["logConfiguration"] = log_configuration
    registered = call(
        sandbox,
        "ecs",
        "RegisterTaskDefinition",
        family=name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=f"arn:aws:iam::{DEFAULT_ACCOUNT}:role/execution",
        containerDefinitions=[container],
    )
    created = call(
        sandbox,
        "ecs",
        "CreateService",
        cluster=cluster,
        serviceName=name,
        taskDefinition=registered["taskDefinition"]["taskDefinitionArn"],
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
        deploymentConfiguration={
            "minimumHealthyPercent": 100,
            "maximumPercent": 200,
            "deploymentCircuitBreaker": {"enable": breaker, "rollback": breaker},
        },
    )
    sandbox.tick(4)
    arn: str = created["service"]["serviceArn"]
    return arn


def policy(folder: Path, text: str = POLICY) -> str:
    """Write a policy into *folder*, and return its path."""
    path = folder / "policy.yaml"
    path.write_text(text, "utf-8")
    return str(path)
