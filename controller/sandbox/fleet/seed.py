"""Builds the fleet through the sandbox's own API, and plants what no API call can."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from controller.sandbox.ecs.container_instances import plant_instances
from controller.sandbox.fleet.canaries import Canaries
from controller.sandbox.fleet.containers import application, companion
from controller.sandbox.fleet.logging import ACCOUNT, REGION
from controller.sandbox.fleet.members import CORE, MEMBERS, PLATFORM, Member
from controller.sandbox.sandbox import Sandbox
from controller.sandbox.wire import Http, Json

INSTANCES = 3
_ENOUGH_TICKS = 6
_SUBNETS = {"subnets": ["subnet-0a1b2c3d", "subnet-4e5f6a7b"], "securityGroups": ["sg-0c1d2e3f"]}
_TARGETS = {"ecs": "AmazonEC2ContainerServiceV20141113", "logs": "Logs_20140328"}
_FAILING = frozenset({"fails-and-returns", "fails-for-ever"})
_WITHOUT_A_GROUP = "lost"
_RETAINED = {"payments-ledger": 365, "storefront-web": 30, "identity-sso": 90, "image-resizer": 14}


@dataclass(frozen=True, slots=True)
class Fleet:
    """What was built; ``services`` by name, ``special`` service names by what is special."""

    services: dict[str, str]
    special: dict[str, str]
    _canaries: Canaries = field(repr=False)

    def canaries(self) -> list[str]:
        """Every value that nothing may ever show."""
        return list(self._canaries.issued)


def seed(sandbox: Sandbox, *, number: int = 7) -> Fleet:
    """Fill the default account and Region; all services have completed their first deployment.

    ``number`` chooses the canaries. From now on the next revision of ``checkout-api`` and of
    ``legacy-erp-bridge`` fails to start.
    """
    builder = _Builder(sandbox, Canaries(number))
    for cluster in (CORE, PLATFORM):
        builder.call("ecs", "CreateCluster", clusterName=cluster)
    plant_instances(sandbox.region(ACCOUNT, REGION), PLATFORM, INSTANCES)
    services = {member.name: builder.service(member) for member in MEMBERS}
    sandbox.tick(_ENOUGH_TICKS)
    for member in MEMBERS:
        builder.afterwards(member)
    failing = {member.name for member in MEMBERS if member.special in _FAILING}
    sandbox.fails(lambda document: document["family"] in failing and document["revision"] > 1)
    sandbox.clear_requests()
    special = {member.special: member.name for member in MEMBERS if member.special}
    return Fleet(services, special, builder.canaries)


@dataclass(frozen=True, slots=True)
class _Builder:
    sandbox: Sandbox
    canaries: Canaries
    families: dict[str, str] = field(default_factory=dict)

    def call(self, service: str, operation: str, /, **body: Any) -> Json:
        """One call over the sandbox's wire, signed by nobody in particular."""
        headers = {
            "authorization": f"AWS4-HMAC-SHA256 Credential=SEED/20260105/{REGION}/{service}"
            "/aws4_request",
            "x-amz-target": f"{_TARGETS[service]}.{operation}",
            "content-type": "application/x-amz-json-1.1",
        }
        url = f"https://{service}.{REGION}.amazonaws.com/"
        http = Http("POST", url, headers, json.dumps(body).encode())
        answer = self.sandbox.execute(http, self.sandbox.receive(http))
        answered: Json = json.loads(answer.body)
        if "__type" in answered:
            raise ValueError(f"the fleet cannot be built: {operation}: {answered['message']}")
        return answered

    def service(self, member: Member) -> str:
        """The service's ARN; its task definition and its log groups are made first."""
        fargate = member.cluster == CORE
        body: Json = {
            "cluster": member.cluster,
            "serviceName": member.name,
            "taskDefinition": self._family(member),
            "launchType": "FARGATE" if fargate else "EC2",
            "deploymentConfiguration": _deployment_configuration(member),
            "tags": [{"key": "team", "value": member.name.split("-")[0]}],
            "enableECSManagedTags": True,
            "propagateTags": "SERVICE",
        }
        if fargate:
            body["networkConfiguration"] = {"awsvpcConfiguration": _SUBNETS}
        if member.daemon:
            body["schedulingStrategy"] = "DAEMON"
        else:
            body["desiredCount"] = 0 if member.special == "scaled-to-zero" else member.desired
        if member.special == "codedeploy":
            body["deploymentController"] = {"type": "CODE_DEPLOY"}
        arn: str = self.call("ecs", "CreateService", **body)["service"]["serviceArn"]
        return arn

    def _family(self, member: Member) -> str:
        """The ARN of the family's first revision, registered once for all who share it."""
        family = member.family or member.name
        if family not in self.families:
            answered = self.call("ecs", "RegisterTaskDefinition", **self._document(member))
            self.families[family] = answered["taskDefinition"]["taskDefinitionArn"]
            self._log_group(member, family)
        return self.families[family]

    def _document(self, member: Member) -> Json:
        family = member.family or member.name
        document: Json = {
            "family": family,
            "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/ecs-execution",
            "taskRoleArn": f"arn:aws:iam::{ACCOUNT}:role/{family}-task",
            "containerDefinitions": [
                application(family, member.app, self.canaries),
                *(companion(name, way, family, self.canaries) for name, way in member.beside),
            ],
            "tags": [{"key": "owner", "value": "brightcart"}],
        }
        if member.cluster == CORE:
            document |= {
                "networkMode": "awsvpc",
                "requiresCompatibilities": ["FARGATE"],
                "cpu": "512",
                "memory": "1024",
                "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            }
        else:
            document["networkMode"] = "bridge"
        return document

    def _log_group(self, member: Member, family: str) -> None:
        if member.app == _WITHOUT_A_GROUP:
            return
        self.call("logs", "CreateLogGroup", logGroupName=f"/ecs/{family}")
        if days := _RETAINED.get(family):
            self.call(
                "logs",
                "PutRetentionPolicy",
                logGroupName=f"/ecs/{family}",
                retentionInDays=days,
            )

    def afterwards(self, member: Member) -> None:
        """What happens to a service after its first deployment."""
        arn = self.families[member.family or member.name]
        if member.special == "behind-its-family":
            self.call("ecs", "RegisterTaskDefinition", **self._document(member))
        elif member.special == "inactive-base":
            self.call("ecs", "DeregisterTaskDefinition", taskDefinition=arn)
        elif member.special == "cloudformation":
            stack = f"brightcart-{member.name}"
            service = f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/{member.cluster}/{member.name}"
            for owned in (arn, service):
                self.sandbox.tags(owned).append(
                    {"key": "aws:cloudformation:stack-name", "value": stack}
                )


def _deployment_configuration(member: Member) -> Json:
    """The breaker where it shall trip; otherwise as teams leave it: some on, most off."""
    if member.daemon:
        return {}
    enabled = member.special == "fails-and-returns" or member.name.startswith("payments")
    return {
        "deploymentCircuitBreaker": {"enable": enabled, "rollback": enabled},
        "maximumPercent": 200,
        "minimumHealthyPercent": 100 if member.desired > 1 else 0,
    }
