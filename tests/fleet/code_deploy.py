"""CodeDeploy beside the simulated AWS: services that it deploys, and pipelines that ask it to."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from controller.core.refs import ServiceRef
from controller.sandbox.code_deploy_state import Deployment
from tests.fleet.aws import Aws
from tests.fleet.given import Json, policy

ROLLBACK: Final = {
    "enabled": True,
    "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"],
}
ALLOWED: Final = policy(allow={"codeDeploy": True})
APP_SPEC: Final = """version: 0.0
# what the shop's pipeline wrote
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "{arn}"
        LoadBalancerInfo: {{ContainerName: "app", ContainerPort: 80}}
Hooks:
  - BeforeAllowTraffic: "check-the-shop"
"""


class CodeDeploy:
    """Makes services that CodeDeploy deploys, and says what became of them."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

    def runs(
        self,
        name: str,
        task: Json | str | None = None,
        *,
        group: Json | None = None,
        app_spec: str = APP_SPEC,
        default_names: bool = True,
        **members: Any,
    ) -> ServiceRef:
        """Create a service with its group, which rolls back unless *group* says otherwise.

        It has been deployed once, by *app_spec*.
        """
        controller = {"type": "CODE_DEPLOY"}
        ref = self._aws.runs(name, task, deploymentController=controller, **members)
        tail = f"{ref.cluster}-{name}" if default_names else f"the-{name}"
        application, of = f"AppECS-{tail}", f"DgpECS-{tail}"
        self._call("CreateApplication", applicationName=application, computePlatform="ECS")
        self._call(
            "CreateDeploymentGroup",
            applicationName=application,
            deploymentGroupName=of,
            serviceRoleArn="arn:aws:iam::123456789012:role/codedeploy",
            ecsServices=[{"clusterName": ref.cluster, "serviceName": name}],
            **({"autoRollbackConfiguration": ROLLBACK} | (group or {})),
        )
        self.deploys(ref, self.runs_now(ref), app_spec)
        self._aws.sandbox.tick(4)
        return ref

    def deploys(self, ref: ServiceRef, arn: str, app_spec: str = APP_SPEC) -> str:
        """Let the pipeline deploy a revision; return the deployment's id."""
        content = app_spec.format(arn=arn)
        return self.sends(ref, {"content": content, "sha256": _sha256(content)})

    def sends(self, ref: ServiceRef, app_spec: Json) -> str:
        """Let the pipeline deploy this very AppSpec."""
        group = self.group(ref)
        answer = self._call(
            "CreateDeployment",
            applicationName=group["applicationName"],
            deploymentGroupName=group["deploymentGroupName"],
            revision={"revisionType": "AppSpecContent", "appSpecContent": app_spec},
        )
        return str(answer["deploymentId"])

    def configures(self, ref: ServiceRef, **members: Any) -> None:
        """Change the service's group."""
        group = self.group(ref)
        self._call(
            "UpdateDeploymentGroup",
            applicationName=group["applicationName"],
            currentDeploymentGroupName=group["deploymentGroupName"],
            **members,
        )

    def stops(self, deployment: Deployment, **members: Any) -> None:
        """Stop a deployment, as a person does."""
        self._call("StopDeployment", deploymentId=deployment.id, **members)

    def goes_on(self, deployment: Deployment) -> None:
        """Let traffic move, as a person does."""
        self._call("ContinueDeployment", deploymentId=deployment.id)

    # ── what is seen ─────────────────────────────────────────────────────────────────────────────

    def runs_now(self, ref: ServiceRef) -> str:
        """Return the ARN of the revision that serves production traffic."""
        return str(self.primary(ref)["taskDefinition"])

    def primary(self, ref: ServiceRef) -> Json:
        """Return the PRIMARY task set."""
        sets = self._aws.service(ref).task_sets
        return next(one for one in sets if one["status"] == "PRIMARY")

    def document(self, ref: ServiceRef) -> Json:
        """Return the raw document of the revision that serves production traffic."""
        return self._aws.sandbox.document(self.runs_now(ref))

    def deployments(self, ref: ServiceRef) -> list[Deployment]:
        """Return all deployments of the service, oldest first."""
        group = self.group(ref)
        held = self._aws.sandbox.region().code_deploy
        return held.of(group["applicationName"], group["deploymentGroupName"])

    def newest(self, ref: ServiceRef) -> Deployment:
        """Return the deployment that was made last."""
        return self.deployments(ref)[-1]

    def group(self, ref: ServiceRef) -> Json:
        """Return the service's group, as it is configured."""
        named = {"clusterName": ref.cluster, "serviceName": ref.name}
        held = self._aws.sandbox.region().code_deploy
        groups = (group for one in held.applications.values() for group in one.values())
        return next(group for group in groups if named in group["ecsServices"])

    def asked(self) -> list[Json]:
        """Return the bodies of the controller's calls of CreateDeployment."""
        return [one.body or {} for one in self._aws.writes("CreateDeployment")]

    def _call(self, operation: str, **body: Any) -> Json:
        return self._aws.call("codedeploy", operation, **body)


def app_spec_of(deployment: Deployment) -> str:
    """Return the text of a deployment's AppSpec."""
    return str(deployment.revision["appSpecContent"]["content"])


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
