"""A service to roll, fail and look at: what the tests of deployments share."""

from __future__ import annotations

from typing import Any

from controller.sandbox import Sandbox
from tests.sandbox.documents import document

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


class Web:
    """A service ``web`` in ``prod`` whose second revision may be rolled out."""

    def __init__(self, ecs: Any, sandbox: Sandbox) -> None:
        self.ecs, self.sandbox = ecs, sandbox
        for _ in range(2):
            ecs.register_task_definition(**document())

    def create(self, desired: int = 2, **members: Any) -> None:
        self.ecs.create_service(
            cluster="prod",
            serviceName="web",
            taskDefinition="web:1",
            desiredCount=desired,
            **members,
        )
        self.sandbox.tick(3)

    def roll(self, revision: int = 2, **members: Any) -> None:
        self.ecs.update_service(
            cluster="prod", service="web", taskDefinition=f"web:{revision}", **members
        )

    def look(self) -> Any:
        return self.ecs.describe_services(cluster="prod", services=["web"])["services"][0]

    def deployments(self) -> list[tuple[str, str, str, int]]:
        """Revision, status, rollout state and running tasks of each deployment, PRIMARY first."""
        return [
            (
                deployment["taskDefinition"].rsplit("/", 1)[-1],
                deployment["status"],
                deployment["rolloutState"],
                deployment["runningCount"],
            )
            for deployment in self.look()["deployments"]
        ]

    def change(self) -> Any:
        """The newest service deployment, in detail."""
        listed = self.ecs.list_service_deployments(cluster="prod", service="web")
        arn = listed["serviceDeployments"][0]["serviceDeploymentArn"]
        described = self.ecs.describe_service_deployments(serviceDeploymentArns=[arn])
        return described["serviceDeployments"][0]

    def messages(self) -> list[str]:
        return [event["message"] for event in self.look()["events"]]

    def new_revision_fails(self) -> None:
        self.sandbox.fails(lambda task_definition: task_definition["revision"] == 2)
