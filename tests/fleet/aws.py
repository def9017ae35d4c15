"""A simulated AWS, with people and pipelines that work on it beside the controller."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from aiobotocore.httpsession import AIOHTTPSession

from controller.core.refs import ClusterRef, LogGroupRef, ServiceRef
from controller.sandbox import Request, Sandbox, session_class
from controller.sandbox.state import Service
from controller.sandbox.wire import Http
from tests.fleet.given import ACCOUNT, REGION, Json, task_definition
from tests.virtual_time import EPOCH

OURS: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ecs-logging/controller"
THEIRS: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/pipeline/release"
BREAKER: Final = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
NETWORK: Final = {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"]}}
_TARGETS: Final = {
    "codedeploy": "CodeDeploy_20141006",
    "ecs": "AmazonEC2ContainerServiceV20141113",
    "kinesis": "Kinesis_20131202",
    "kms": "TrentService",
    "logs": "Logs_20140328",
    "ssm": "AmazonSSM",
}
_AT_REST: Final = 6


class Aws:
    """One account in one Region, with the cluster `prod`; time is that of the running loop.

    `interval` is how many seconds lie between two looks of ECS's scheduler. `witnesses` are called
    after each look, and see the state of AWS at that moment.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.sandbox = Sandbox(clock=lambda: EPOCH.timestamp() + loop.time())
        self.sandbox.callers.planted |= {"AKIDCONTROLLER": OURS, "AKIDPIPELINE": THEIRS}
        self.transport: type[AIOHTTPSession] = session_class(self.sandbox)
        self.interval = 5.0
        self.witnesses: list[Callable[[], None]] = []
        self.call("ecs", "CreateCluster", clusterName="prod")

    @asynccontextmanager
    async def scheduling(self) -> AsyncIterator[None]:
        """Let ECS's scheduler work meanwhile."""
        scheduler = asyncio.create_task(self._schedule(), name="ECS")
        try:
            yield
        finally:
            scheduler.cancel()
            with suppress(asyncio.CancelledError):
                await scheduler

    async def _schedule(self) -> None:
        while True:
            await asyncio.sleep(self.interval)
            self.sandbox.tick()
            for witness in tuple(self.witnesses):
                witness()

    async def sees(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds after a look of ECS's scheduler."""
        seen = asyncio.Event()

        def witness() -> None:
            if condition():
                seen.set()

        self.witnesses.append(witness)
        await seen.wait()
        self.witnesses.remove(witness)

    # ── what people and pipelines do ─────────────────────────────────────────────────────────────

    def call(self, service: str, operation: str, /, **body: Any) -> Json:
        """Make one call as the pipeline; raises ValueError where AWS refuses it."""
        headers = {
            "authorization": f"AWS4-HMAC-SHA256 Credential=AKIDPIPELINE/20260105/{REGION}/{service}"
            "/aws4_request",
            "x-amz-target": f"{_TARGETS[service]}.{operation}",
            "content-type": "application/x-amz-json-1.1",
        }
        url = f"https://{service}.{REGION}.amazonaws.com/"
        http = Http("POST", url, headers, json.dumps(body).encode())
        answer = self.sandbox.execute(http, self.sandbox.receive(http))
        answered: Json = json.loads(answer.body or b"{}") or {}
        if "__type" in answered:
            raise ValueError(f"{operation}: {answered['__type']}: {answered['message']}")
        return answered

    def registers(self, document: Json) -> str:
        """Register a task definition, and return its ARN."""
        answered = self.call("ecs", "RegisterTaskDefinition", **document)
        return str(answered["taskDefinition"]["taskDefinitionArn"])

    def runs(
        self,
        name: str,
        task: Json | str | None = None,
        *,
        cluster: str = "prod",
        desired: int = 2,
        **members: Any,
    ) -> ServiceRef:
        """Create a service and let its first deployment complete.

        *task* is what it runs: a body to register, an ARN, or by default one that drifts.
        """
        arn = task if isinstance(task, str) else self.registers(task or task_definition(name))
        document = self.sandbox.document(arn)
        fargate = "FARGATE" in document.get("requiresCompatibilities", [])
        body: Json = {"desiredCount": desired}
        if "capacityProviderStrategy" not in members:
            body["launchType"] = "FARGATE" if fargate else "EC2"
        if document.get("networkMode") == "awsvpc":
            body["networkConfiguration"] = NETWORK
        body |= {"cluster": cluster, "serviceName": name, "taskDefinition": arn, **members}
        self.call("ecs", "CreateService", **body)
        self.sandbox.tick(_AT_REST)
        return ServiceRef(ACCOUNT, REGION, "aws", cluster, name)

    def releases(self, ref: ServiceRef, document: Json) -> str:
        """Register a task definition and deploy it, as a pipeline does; return its ARN."""
        arn = self.registers(document)
        self.updates(ref, taskDefinition=arn)
        return arn

    def updates(self, ref: ServiceRef, **members: Any) -> None:
        """Update a service."""
        self.call("ecs", "UpdateService", cluster=ref.cluster, service=ref.name, **members)

    def makes_log_group(self, name: str, *, days: int | None = None) -> LogGroupRef:
        """Create a log group, with a retention if *days* is stated."""
        self.call("logs", "CreateLogGroup", logGroupName=name)
        if days is not None:
            self.call("logs", "PutRetentionPolicy", logGroupName=name, retentionInDays=days)
        return LogGroupRef(ACCOUNT, REGION, "aws", name)

    def cluster(self, name: str) -> ClusterRef:
        """Return the cluster of this name."""
        return ClusterRef(ACCOUNT, REGION, "aws", name)

    # ── what is seen at the wire and in AWS ──────────────────────────────────────────────────────

    def calls(self, operation: str | None = None) -> list[Request]:
        """Return what the controller has asked for, of one operation or of all."""
        ours = (one for one in self.sandbox.requests if one.caller == OURS)
        return [one for one in ours if operation in {None, one.operation}]

    def writes(self, operation: str | None = None) -> list[Request]:
        """Return the calls of the controller that may have changed something.

        Those by which it remembers its policies are told by `remembered`.
        """
        return [one for one in self._writes(operation) if not _is_of_a_cluster(one)]

    def remembered(self) -> list[str]:
        """Return what the controller has written on clusters: `cluster: value of the tag`."""
        bodies = [one.body or {} for one in self._writes("TagResource") if _is_of_a_cluster(one)]
        return [
            f"{body['resourceArn'].rsplit('/', 1)[-1]}: {tag['value']}"
            for body in bodies
            for tag in body["tags"]
        ]

    def _writes(self, operation: str | None) -> list[Request]:
        return [one for one in self.sandbox.writes(operation) if one.caller == OURS]

    def written(self) -> list[str]:
        """Return the operations of `writes`, in their order."""
        return [one.operation for one in self.writes()]

    def forgets_requests(self) -> None:
        """Count calls anew."""
        self.sandbox.clear_requests()

    def service(self, ref: ServiceRef) -> Service:
        """Return the service as it is, alive."""
        return self.sandbox.service(ref.arn)

    def running(self, ref: ServiceRef) -> Json:
        """Return the raw document of the revision that the service is set to."""
        arn = self.service(ref).task_definition
        assert arn is not None
        return self.sandbox.document(arn)

    def logging(self, ref: ServiceRef) -> Json:
        """Return the log configuration of the first container that the service runs."""
        configuration: Json = self.running(ref)["containerDefinitions"][0]["logConfiguration"]
        return configuration

    def revision(self, ref: ServiceRef) -> int:
        """Return the number of the revision that the service is set to."""
        return int(self.running(ref)["revision"])

    def rolled(self) -> list[str]:
        """Return the revisions, as `family:number`, to which the controller has set services.

        A deployment of which it has let ECS take a service back counts with where that came from.
        """
        moving = {"UpdateService", "StopServiceDeployment"}
        bodies = (one.body or {} for one in self.writes() if one.operation in moving)
        arns = (
            one.get("taskDefinition") or self._before(one["serviceDeploymentArn"]) for one in bodies
        )
        return [str(arn).rsplit("/", 1)[-1] for arn in arns]

    def _before(self, deployment: str) -> str:
        """Return the ARN of the revision from which a service deployment has led away."""
        services = self.sandbox.region().services.values()
        for service in services:
            ran = {one.arn: one.task_definition for one in service.revisions}
            for change in service.history:
                if change.arn == deployment:
                    return ran[change.sources[0]["arn"]]
        raise LookupError(deployment)

    def family(self, name: str) -> list[Json]:
        """Return the raw documents of all revisions of a family, oldest first."""
        return [one.document for one in self.sandbox.region().families[name]]

    def tags(self, arn: str) -> dict[str, str]:
        """Return the tags of anything of ECS."""
        return {one["key"]: one["value"] for one in self.sandbox.tags(arn)}

    def log_group(self, name: str) -> Json | None:
        """Return the log group as it is described, or None if there is none."""
        found = self.call("logs", "DescribeLogGroups", logGroupNamePrefix=name)["logGroups"]
        return next((one for one in found if one["logGroupName"] == name), None)


def _is_of_a_cluster(write: Request) -> bool:
    return ":cluster/" in str((write.body or {}).get("resourceArn"))
